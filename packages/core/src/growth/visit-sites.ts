import type {
  AnyFunction,
  Block,
  ClassDefinition,
  Expression,
  For,
  FunctionDefinition,
  Module,
  Statement,
  Try,
  While,
} from '../syntax/ast';
import { childBlocks, childExpressions, statementExpressions } from '../syntax/walk';

/** Where a piece of code stands: what surrounds it, from the module down to its statement. */
export interface Site {
  /** The innermost function; undefined at module and class level. */
  readonly definition: AnyFunction | undefined;
  /** The class in whose body the code stands, directly or in a method. */
  readonly owner: ClassDefinition | undefined;
  /** The method of `owner` that the code is part of, also when it stands in a function nested in it. */
  readonly method: FunctionDefinition | undefined;
  /** Loops around it inside the innermost function, outermost first. */
  readonly loops: readonly (For | While)[];
  /** Conditions of `if` and `while` around it inside the innermost function, outermost first. */
  readonly tests: readonly Expression[];
  /** `try` statements with handlers whose body it is part of, inside the innermost function, outermost first. */
  readonly tries: readonly Try[];
  /** Where the innermost definition itself stands. */
  readonly outer: Site | undefined;
}

/** What a visit is told. `parents` starts with the innermost; it is reused, so copy what is kept. */
export interface SiteVisitor {
  readonly statement?: (statement: Statement, site: Site) => void;
  readonly expression?: (
    expression: Expression,
    parents: readonly Expression[],
    statement: Statement,
    site: Site,
  ) => void;
}

const MODULE_SITE: Site = {
  definition: undefined,
  owner: undefined,
  method: undefined,
  loops: [],
  tests: [],
  tries: [],
  outer: undefined,
};

/** Visits all statements and expressions of a module in source order, each with what surrounds it. */
export function visitSites(module: Module, visitor: SiteVisitor): void {
  visitBlock(module.body, MODULE_SITE, visitor);
}

function visitBlock(block: Block, site: Site, visitor: SiteVisitor): void {
  for (const statement of block.statements) visitStatement(statement, site, visitor);
}

function visitStatement(statement: Statement, site: Site, visitor: SiteVisitor): void {
  visitor.statement?.(statement, site);
  if (visitor.expression !== undefined) {
    // The condition of a loop is evaluated in each round.
    const inner = statement.kind === 'While' ? { ...site, loops: [...site.loops, statement] } : site;
    for (const expression of statementExpressions(statement))
      visitExpression(expression, [], statement, inner, visitor);
  }
  switch (statement.kind) {
    case 'FunctionDefinition':
      visitBlock(statement.body, insideFunction(statement, site), visitor);
      return;
    case 'ClassDefinition':
      visitBlock(statement.body, { ...MODULE_SITE, owner: statement, outer: site }, visitor);
      return;
    case 'For':
    case 'While': {
      const tests = statement.kind === 'While' ? [...site.tests, statement.test] : site.tests;
      visitBlock(statement.body, { ...site, tests, loops: [...site.loops, statement] }, visitor);
      if (statement.orelse !== undefined) visitBlock(statement.orelse, site, visitor);
      return;
    }
    case 'If': {
      const guarded = { ...site, tests: [...site.tests, statement.test] };
      for (const inner of childBlocks(statement)) visitBlock(inner, guarded, visitor);
      return;
    }
    case 'Try': {
      const tried = statement.handlers.length > 0 ? { ...site, tries: [...site.tries, statement] } : site;
      for (const inner of childBlocks(statement)) visitBlock(inner, inner === statement.body ? tried : site, visitor);
      return;
    }
    default:
      for (const inner of childBlocks(statement)) visitBlock(inner, site, visitor);
  }
}

function insideFunction(definition: AnyFunction, site: Site): Site {
  const isMethod =
    definition.kind === 'FunctionDefinition' && site.definition === undefined && site.owner !== undefined;
  return {
    definition,
    owner: site.owner,
    method: isMethod ? definition : site.method,
    loops: [],
    tests: [],
    tries: [],
    outer: site,
  };
}

function visitExpression(
  expression: Expression,
  parents: Expression[],
  statement: Statement,
  site: Site,
  visitor: SiteVisitor,
): void {
  visitor.expression?.(expression, parents, statement, site);
  parents.unshift(expression);
  const inner = expression.kind === 'Lambda' ? insideFunction(expression, site) : site;
  for (const child of childExpressions(expression)) visitExpression(child, parents, statement, inner, visitor);
  parents.shift();
}

/** The site and the sites its definitions stand in, innermost first. */
export function enclosingSites(site: Site): readonly Site[] {
  const sites: Site[] = [];
  for (let current: Site | undefined = site; current !== undefined; current = current.outer) sites.push(current);
  return sites;
}
