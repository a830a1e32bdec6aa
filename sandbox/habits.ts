const OTHER_HABIT = '+other';

/**
 * Where sources disagree about a vendor, its simulator can behave both ways. An account does so by its name: the credential
 * by which the vendor knows the account (`apiKey`, `userId` …) ends in `+other`;
 * at SUMIT, which knows companies by a number, the key does. Each vendor's folder says what differs.
 */
export const hasOtherHabit = (credential: string): boolean => credential.endsWith(OTHER_HABIT);
