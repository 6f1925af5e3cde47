/** What a project is to be given, as asked for. */
export interface InitCommand {
  readonly kind: 'init';
  /** Where the runtime package is to be written as one file; undefined to set the repository up. */
  readonly vendorRuntime: string | undefined;
  /** Whether a file that is there already may be replaced. */
  readonly force: boolean;
  /** Say what would be done. */
  readonly isDry: boolean;
}
