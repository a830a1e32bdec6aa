const DAY = 86_400_000;
const HOUR = 3_600_000;
/** A clinic is open thirteen hours, from seven in the morning in Israel (five or four in UTC). */
const OPENS = 5 * HOUR;
const OPEN_FOR = 13 * HOUR;
const SATURDAY = 6;

/**
 * Rising moments in opening hours of every day but Saturday, from `from` to before `to`.
 * @param share from 0 to below 1: how much of the time has passed
 */
export function createMoments(from: Date, to: Date): (share: number) => Date {
  const days: number[] = [];
  for (let day = from.getTime(); day < to.getTime(); day += DAY)
    if (new Date(day).getUTCDay() !== SATURDAY) days.push(day);
  return (share) => {
    const place = share * days.length;
    const whole = Math.min(Math.floor(place), days.length - 1);
    return new Date((days[whole] ?? from.getTime()) + OPENS + Math.floor((place - whole) * OPEN_FOR));
  };
}
