import { dayInZone } from '../../src/domain/calendar.ts';
import type { Day } from '../../src/domain/calendar.ts';

/** Today in Israel, where the workspaces of tests are. Until two in the morning there, the day of UTC is still yesterday. */
export const todayInIsrael = (): Day => dayInZone(new Date(), 'Asia/Jerusalem');
