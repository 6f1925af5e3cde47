/** A pair of methods: what one adds, the other takes away again. */
export interface SubscriptionRow {
  /** Name of the method that adds a function. */
  readonly add: string;
  /** Names of methods that take it away. */
  readonly remove: readonly string[];
  /** Only with this argument given as `False` the function is held strongly: `signal.connect(receiver, weak=False)`. */
  readonly strongOnlyWithout?: string;
}

/** In order of the adding names. Signals of Qt go with the receiver and are left out. */
export const SUBSCRIPTION_ROWS: readonly SubscriptionRow[] = [
  { add: 'addListener', remove: ['removeListener', 'removeAllListeners'] },
  { add: 'addObserver', remove: ['removeObserver', 'deleteObserver'] },
  { add: 'addSubscriber', remove: ['removeSubscriber'] },
  { add: 'add_callback', remove: ['remove_callback', 'clear_callbacks'] },
  { add: 'add_event_handler', remove: ['remove_event_handler'] },
  { add: 'add_event_listener', remove: ['remove_event_listener'] },
  { add: 'add_listener', remove: ['remove_listener'] },
  { add: 'add_observer', remove: ['remove_observer', 'delete_observer'] },
  { add: 'add_subscriber', remove: ['remove_subscriber'] },
  { add: 'connect', remove: ['disconnect'], strongOnlyWithout: 'weak' },
  { add: 'register_callback', remove: ['unregister_callback', 'deregister_callback', 'remove_callback'] },
  { add: 'register_listener', remove: ['unregister_listener', 'deregister_listener', 'remove_listener'] },
  { add: 'register_observer', remove: ['unregister_observer', 'remove_observer'] },
  { add: 'subscribe', remove: ['unsubscribe', 'unsubscribe_all'] },
];

/** Names of attributes and variables that hold functions to be called back. */
export const CALLBACK_NAMES = /callback|(?:^|_)cbs?(?:_|$)|listener|observer|subscriber|handler|hook|watcher/i;

/** Methods that let anybody add a function; `register_…` is mostly for parts that a program is put together from. */
export const ADDING_NAMES = /^_*(?:add|attach|connect|listen|observe|on|subscribe|watch)(?:_|$|[A-Z])/;

/** Names of functions that are called once, and then there is nothing left that could grow. */
export const FIRES_ONCE = /done|finish|complet|cancel|close|exit|once|clean|shut_?down|stop|start|ready|init|result/i;

/** Questions that guard against adding a handler twice, and flags that say it has been done. */
export const ALREADY_DONE = /handler|configured|initiali[sz]ed|installed|registered|set_?up|_done\b|once/i;

/** Functions of these names are called once by whoever starts a program. */
export const SET_UP_NAMES =
  /^_*(?:set_?up|set_log[a-z]*|configure|config|init|initiali[sz]e|install|basic_config|main|bootstrap|run|start|enable)(?:_|$|[A-Z])|(?:_logging|_logs)$/;
