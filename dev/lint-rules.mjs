/** `new Date().toISOString().slice(…)`. */
const isDayOfUtc = ({ callee }) =>
  callee.property?.name === 'slice' &&
  callee.object?.callee?.property?.name === 'toISOString' &&
  callee.object.callee.object.type === 'NewExpression' &&
  callee.object.callee.object.arguments.length === 0;

const message = 'Between 22:00 and 24:00 UTC this is yesterday in Israel: use todayInIsrael().';

/** `type X = (typeof XS)[number]`, `z.infer<typeof X>`: what it is stands at the value that it is derived from. */
const isDerived = ({ type, typeAnnotation }, text) =>
  type === 'TSTypeAliasDeclaration' && text(typeAnnotation).includes('typeof ');

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
    'docstring-on-exports': {
      create: (context) => ({
        ExportNamedDeclaration(node) {
          const { sourceCode } = context;
          if (!node.declaration || isDerived(node.declaration, (part) => sourceCode.getText(part))) return;
          if (sourceCode.getCommentsBefore(node).at(-1)?.value.startsWith('*')) return;
          context.report({
            node,
            message: 'What others import has a docstring: what it is, units, errors thrown.',
          });
        },
      }),
    },
  },
};
