import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';

/**
 * The uniform structure names who made this program, and the authority takes no day to come.
 * @throws Problem validation_failed
 */
export function checkUniformRun(
  { isMakerKnown }: Pick<ApiContext, 'isMakerKnown'>,
  { timeZone }: { readonly timeZone: string },
  { from }: { readonly from: Day },
): void {
  if (!isMakerKnown)
    throw fieldProblem(
      '#/kind',
      'cannot be uniform-structure before the operator of Tashlum sets SOFTWARE_MAKER_TAX_ID: the file must name who made the program',
    );
  const today = dayInZone(new Date(), timeZone);
  if (from > today) throw fieldProblem('#/from', `must not be later than today, ${today}`);
}
