-- How a lane stands, at one moment.
-- KEYS  1 urgent  2 lane  3 state  4 ledger
-- Answers { depth, first urgent id, first lane id, paused, broken, hold-until, ledger, last error }.
local function first(key)
  local entry = redis.call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
  return entry and entry[1] or ''
end
local state = redis.call('HMGET', KEYS[3], 'paused', 'broken', 'hold-until', 'last-error')
return { redis.call('XLEN', KEYS[1]) + redis.call('XLEN', KEYS[2]), first(KEYS[1]), first(KEYS[2]),
  state[1] or '', state[2] or '', state[3] or '0', redis.call('HGETALL', KEYS[4]), state[4] or '' }
