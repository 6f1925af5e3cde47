import type { AcquireRow } from '../model';

const CONNECTION = {
  family: 'database',
  release: ['close'],
  with: 'closes',
  reclaim: 'refcount',
  silent: true,
} as const;
/** `with` ends a transaction and leaves the connection open. */
const TRANSACTION = { ...CONNECTION, with: 'transaction' } as const;
const ASYNC = { family: 'database', release: ['close'], with: 'async', reclaim: 'never' } as const;
/** `async with` on a pool of aiomysql or aiopg waits for connections that are still out. */
const POOL = { awaitsRelease: false, exit: { also: 'waits until all connections are back', equals: [] } } as const;
const CLOSES = { also: 'waits until all connections are back', equals: ['close()'] } as const;
const QUITS = { also: 'says goodbye to the server', equals: ['ensure_closed()'] } as const;
const COMMIT = { also: 'commits', equals: [], avoidedBy: 'closing' } as const;
/** Before version 2 of mysqlclient and 1 of PyMySQL `with` gave a cursor. */
const OLD = { exit: { also: 'gives a cursor in old versions', equals: [], avoidedBy: 'closing' } } as const;
const SQLITE = { family: 'sqlite', release: ['close'], with: 'transaction', reclaim: 'cycle', silent: true } as const;
/** psycopg 3, snowflake: "with" commits, or rolls back when an exception passes, and then closes. */
const COMMITS = {
  ...CONNECTION,
  with: 'closes-and-more',
  exit: { also: 'commits', equals: [], avoidedBy: 'closing' },
} as const;
/** Clients that are made once and kept: only a loop makes too many. */
const CLIENT = { ...CONNECTION, lifetime: 'program' } as const;

/** Up to 0.9 `with` bound a cursor and ended a transaction, in 0.10 there was none. Source: the change logs of both. */
const PYMYSQL = [
  { package: 'PyMySQL', below: '0.10', with: 'transaction', bindsOther: true },
  { package: 'PyMySQL', below: '1.0', with: 'none' },
] as const;
const MYSQLCLIENT = [
  { package: 'mysqlclient', below: '1.4', with: 'transaction', bindsOther: true },
  { package: 'mysqlclient', below: '2.0', with: 'none' },
] as const;

/** Databases and stores, sorted by name. Sources: each driver's documentation and source. */
export const DATABASE_ROWS = [
  { ...CONNECTION, ...OLD, acquire: 'MySQLdb.connect', type: 'MySQLdb.Connection', older: MYSQLCLIENT },
  {
    ...ASYNC,
    acquire: 'aiomysql.connect',
    type: 'aiomysql.Connection',
    release: ['close', 'ensure_closed'],
    exit: QUITS,
    awaitsRelease: false,
  },
  { ...ASYNC, acquire: 'aiomysql.create_pool', type: 'aiomysql.Pool', release: ['close', 'terminate'], ...POOL },
  { ...ASYNC, acquire: 'aiopg.connect', type: 'aiopg.Connection' },
  { ...ASYNC, acquire: 'aiopg.create_pool', type: 'aiopg.Pool', release: ['close', 'terminate'], ...POOL },
  { ...ASYNC, acquire: 'aiosqlite.connect', type: 'aiosqlite.Connection' },
  { ...TRANSACTION, acquire: 'apsw.Connection', type: 'apsw.Connection' },
  {
    ...ASYNC,
    acquire: 'asyncpg.connect',
    type: 'asyncpg.Connection',
    with: 'none',
    release: ['close', 'terminate'],
    awaitsRelease: true,
  },
  { ...ASYNC, acquire: 'asyncpg.create_pool', type: 'asyncpg.Pool', release: ['close', 'terminate'], exit: CLOSES },
  { ...CLIENT, acquire: 'cassandra.cluster.Cluster', type: 'cassandra.cluster.Cluster', release: ['shutdown'] },
  { ...CONNECTION, acquire: 'cx_Oracle.connect', type: 'cx_Oracle.Connection' },
  { ...CONNECTION, acquire: 'diskcache.Cache', type: 'diskcache.Cache' },
  { ...CONNECTION, acquire: 'duckdb.connect', type: 'duckdb.DuckDBPyConnection' },
  { ...CLIENT, acquire: 'elasticsearch.AsyncElasticsearch', type: 'elasticsearch.AsyncElasticsearch', with: 'async' },
  { ...CLIENT, acquire: 'elasticsearch.Elasticsearch', type: 'elasticsearch.Elasticsearch' },
  { ...CLIENT, acquire: 'etcd3.client', type: 'etcd3.Etcd3Client' },
  { ...CLIENT, acquire: 'influxdb.InfluxDBClient', type: 'influxdb.InfluxDBClient' },
  {
    ...CLIENT,
    acquire: 'kazoo.client.KazooClient',
    type: 'kazoo.client.KazooClient',
    with: 'none',
    release: ['stop', 'close'],
    acquiredBy: 'start',
  },
  { ...CONNECTION, acquire: 'lmdb.open', type: 'lmdb.Environment' },
  {
    ...CLIENT,
    acquire: 'motor.motor_asyncio.AsyncIOMotorClient',
    type: 'motor.motor_asyncio.AsyncIOMotorClient',
    with: 'none',
  },
  { ...CONNECTION, acquire: 'mysql.connector.connect', type: 'mysql.connector.MySQLConnection' },
  { ...CLIENT, acquire: 'neo4j.GraphDatabase.driver', type: 'neo4j.Driver' },
  { ...CONNECTION, acquire: 'oracledb.connect', type: 'oracledb.Connection' },
  { ...CONNECTION, acquire: 'plyvel.DB', type: 'plyvel.DB', with: 'none' },
  {
    ...ASYNC,
    acquire: 'psycopg.AsyncConnection.connect',
    type: 'psycopg.AsyncConnection',
    entered: 'result',
    exit: COMMIT,
  },
  { ...COMMITS, acquire: 'psycopg.Connection.connect', type: 'psycopg.Connection' },
  { ...COMMITS, acquire: 'psycopg.connect', type: 'psycopg.Connection' },
  { ...TRANSACTION, acquire: 'psycopg2.connect', type: 'psycopg2.connection' },
  { ...ASYNC, acquire: 'psycopg_pool.AsyncConnectionPool', type: 'psycopg_pool.AsyncConnectionPool' },
  { ...CONNECTION, acquire: 'psycopg_pool.ConnectionPool', type: 'psycopg_pool.ConnectionPool' },
  { ...CLIENT, acquire: 'pymongo.AsyncMongoClient', type: 'pymongo.AsyncMongoClient', with: 'async' },
  { ...CLIENT, acquire: 'pymongo.MongoClient', type: 'pymongo.MongoClient' },
  { ...CONNECTION, acquire: 'pymssql.connect', type: 'pymssql.Connection' },
  { ...CONNECTION, ...OLD, acquire: 'pymysql.connect', type: 'pymysql.connections.Connection', older: PYMYSQL },
  {
    ...CONNECTION,
    ...OLD,
    acquire: 'pymysql.connections.Connection',
    type: 'pymysql.connections.Connection',
    older: PYMYSQL,
  },
  { ...TRANSACTION, acquire: 'pyodbc.connect', type: 'pyodbc.Connection' },
  { ...SQLITE, acquire: 'pysqlite3.connect', type: 'sqlite3.Connection' },
  {
    ...CLIENT,
    acquire: 'redis.ConnectionPool',
    type: 'redis.ConnectionPool',
    release: ['disconnect', 'close'],
    with: 'none',
  },
  { ...CLIENT, acquire: 'redis.Redis', type: 'redis.Redis' },
  { ...CLIENT, acquire: 'redis.StrictRedis', type: 'redis.Redis' },
  {
    ...ASYNC,
    acquire: 'redis.asyncio.Redis',
    type: 'redis.asyncio.Redis',
    release: ['aclose', 'close'],
    lifetime: 'program',
  },
  {
    ...ASYNC,
    acquire: 'redis.asyncio.from_url',
    type: 'redis.asyncio.Redis',
    release: ['aclose', 'close'],
    lifetime: 'program',
  },
  { ...CLIENT, acquire: 'redis.from_url', type: 'redis.Redis' },
  { ...COMMITS, acquire: 'snowflake.connector.connect', type: 'snowflake.connector.SnowflakeConnection' },
  {
    ...CLIENT,
    acquire: 'sqlalchemy.create_engine',
    type: 'sqlalchemy.engine.Engine',
    release: ['dispose'],
    with: 'none',
    reclaim: 'cycle',
  },
  { ...CONNECTION, acquire: 'sqlalchemy.engine.Engine.connect', type: 'sqlalchemy.engine.Connection' },
  {
    ...ASYNC,
    acquire: 'sqlalchemy.ext.asyncio.AsyncSession',
    type: 'sqlalchemy.ext.asyncio.AsyncSession',
    release: ['close', 'aclose'],
  },
  {
    ...CLIENT,
    acquire: 'sqlalchemy.ext.asyncio.create_async_engine',
    type: 'sqlalchemy.ext.asyncio.AsyncEngine',
    release: ['dispose'],
    with: 'none',
    reclaim: 'cycle',
  },
  { ...CONNECTION, acquire: 'sqlalchemy.orm.Session', type: 'sqlalchemy.orm.Session' },
  { ...SQLITE, acquire: 'sqlcipher3.connect', type: 'sqlite3.Connection' },
  { ...CONNECTION, acquire: 'sqlite3.Connection.blobopen', type: 'sqlite3.Blob' },
  { ...CONNECTION, acquire: 'tinydb.TinyDB', type: 'tinydb.TinyDB' },
] as const satisfies readonly AcquireRow[];
