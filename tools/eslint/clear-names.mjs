// @ts-check

/** Words that say nothing about what is inside. */
const EMPTY_NAMES = /^(utils?|helpers?|managers?|common|misc|shared|lib)$/i;

/**
 * Forbids file and folder names under packages/ and tools/ that tell nothing: `utils.ts`, `helpers/`, `path-utils.ts`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const clearNames = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unclear: '"{{name}}" does not say what is inside; name the file after its one idea.' },
  },
  create(context) {
    return {
      Program(node) {
        const [, inside] = /[\\/](?:packages|tools|test|bench|scripts)[\\/](.*)$/.exec(context.filename) ?? [];
        const bad = (inside ?? '')
          .split(/[\\/]/)
          .map((part) => part.replace(/(\.test)?\.\w+$/, ''))
          .find((part) => part.split(/[-_.]/).some((word) => EMPTY_NAMES.test(word)));
        if (bad !== undefined) context.report({ node, messageId: 'unclear', data: { name: bad } });
      },
    };
  },
};
