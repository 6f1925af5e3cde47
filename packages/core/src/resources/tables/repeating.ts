/** Decorators, by the last part of their name, that make a function run once for each request, message or event. */
export const HANDLER_DECORATORS: ReadonlySet<string> = new Set([
  'after_request',
  'api_route',
  'before_request',
  'callback_query_handler',
  'delete',
  'errorhandler',
  'event',
  'get',
  'hybrid_command',
  'listen',
  'listener',
  'message_handler',
  'middleware',
  'on_message',
  'patch',
  'post',
  'put',
  'route',
  'shared_task',
  'slash_command',
  'subscriber',
  'teardown_request',
  'websocket',
  'websocket_route',
]);

/** Decorators of the same kind whose last part alone says too little. */
export const HANDLER_DECORATOR_NAMES: ReadonlySet<string> = new Set([
  'celery.Celery.task',
  'discord.app_commands.command',
  'discord.ext.commands.Bot.command',
  'discord.ext.commands.Cog.listener',
  'discord.ext.commands.command',
  'discord.ext.tasks.loop',
]);

/** Methods that a framework calls once for each request or event. */
export interface HandlerBaseRow {
  readonly base: string;
  readonly methods: RegExp;
  /** `many`: one object takes all of them. `each`: there is a new object for each request, so its attributes go with it. */
  readonly instance: 'many' | 'each';
}

export const HANDLER_BASES: readonly HandlerBaseRow[] = [
  { base: 'asyncio.DatagramProtocol', methods: /^datagram_received$/, instance: 'many' },
  { base: 'asyncio.Protocol', methods: /^(?:connection_made|data_received)$/, instance: 'each' },
  { base: 'discord.Client', methods: /^on_/, instance: 'many' },
  { base: 'discord.ext.commands.Bot', methods: /^on_/, instance: 'many' },
  { base: 'http.server.BaseHTTPRequestHandler', methods: /^do_/, instance: 'each' },
  { base: 'http.server.SimpleHTTPRequestHandler', methods: /^do_/, instance: 'each' },
  { base: 'socketserver.BaseRequestHandler', methods: /^handle$/, instance: 'each' },
  { base: 'socketserver.StreamRequestHandler', methods: /^handle$/, instance: 'each' },
  { base: 'starlette.middleware.base.BaseHTTPMiddleware', methods: /^dispatch$/, instance: 'many' },
  {
    base: 'tornado.web.RequestHandler',
    methods: /^(?:get|post|put|delete|patch|prepare|on_finish)$/,
    instance: 'each',
  },
  { base: 'tornado.websocket.WebSocketHandler', methods: /^(?:open|on_message)$/, instance: 'each' },
  { base: 'twisted.internet.protocol.DatagramProtocol', methods: /^datagramReceived$/, instance: 'many' },
  { base: 'twisted.internet.protocol.Factory', methods: /^buildProtocol$/, instance: 'many' },
  { base: 'watchdog.events.FileSystemEventHandler', methods: /^on_/, instance: 'many' },
  { base: 'watchdog.events.PatternMatchingEventHandler', methods: /^on_/, instance: 'many' },
];

/** Calls, by the last part of their name, that have a function of the caller run again and again. */
export const REPEATS_CALLBACK: ReadonlySet<string> = new Set([
  'LoopingCall',
  'PeriodicCallback',
  'addObserver',
  'add_event_handler',
  'add_event_listener',
  'add_job',
  'add_listener',
  'add_message_handler',
  'add_observer',
  'add_reader',
  'add_subscriber',
  'async_listen',
  'async_track_state_change_event',
  'async_track_time_interval',
  'do',
  'message_callback_add',
  'on_event',
  'register_callback',
  'register_listener',
  'schedule_interval',
  'start_server',
  'subscribe',
]);

/** Calls, by the last part of their name, that run a function later: over and over when the function itself makes them. */
export const RUNS_LATER: ReadonlySet<string> = new Set(['Timer', 'call_at', 'call_later', 'callLater', 'call_soon']);

/** Questions that a loop asks a stop signal: `while not stop.is_set()`. */
export const STOP_QUESTIONS: ReadonlySet<string> = new Set(['is_alive', 'is_running', 'is_set', 'isSet', 'wait']);

/** Exceptions, by the last part of their name, with which a loop is told to end from outside. */
export const STOP_EXCEPTIONS: ReadonlySet<string> = new Set(['CancelledError', 'KeyboardInterrupt', 'SystemExit']);
