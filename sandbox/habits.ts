const OTHER_HABIT = '+other';

/**
 * If sources disagree about a vendor, its simulator can behave both ways. The account decides: its credential
 * (`apiKey`, `userId` …) ends in `+other`; at SUMIT, where companies have numbers, the key does. The folder of each
 * vendor says what differs.
 */
export const hasOtherHabit = (credential: string): boolean => credential.endsWith(OTHER_HABIT);
