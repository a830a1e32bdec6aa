/** `new Date().toISOString().slice(…)`. */
const isDayOfUtc = ({ callee }) =>
  callee.property?.name === 'slice' &&
  callee.object?.callee?.property?.name === 'toISOString' &&
  callee.object.callee.object.type === 'NewExpression' &&
  callee.object.callee.object.arguments.length === 0;

const message = 'Between 22:00 and 24:00 UTC this is yesterday in Israel: use todayInIsrael().';

/** Rules of our own for oxlint. */
export default {
  meta: { name: 'tashlum' },
  rules: {
    // Workspaces of tests are in Israel, where the next day begins two or three hours before that of UTC.
    'no-day-of-utc': {
      create: (context) => ({
        CallExpression(node) {
          if (isDayOfUtc(node)) context.report({ node, message });
        },
      }),
    },
  },
};
