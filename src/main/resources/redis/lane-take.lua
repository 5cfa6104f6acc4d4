-- Takes deliveries for the lane's owner: urgent ones first, each stream in its order.
-- KEYS  1 urgent  2 lane  3 state
-- ARGV  1 node  2 how many  3 now (ms)  4 node whose lanes may be taken over ('' for none)
--       5 '1': begin anew, with what was taken and never finished
-- Answers { 'owned', by } { 'paused', why } { 'hold', until } or
-- { 'taken', why the channel is broken ('' when it is not), how many stand in the lane when all of them are taken: the next
--   put calls ('' when more are there), entry, ... };
-- an entry is { stream (0 urgent, 1 lane), entry id, attempts, not before (ms), mark, fields }.
local state = redis.call('HMGET', KEYS[3], 'owner', 'paused', 'hold-until', 'broken')
local owner, paused, hold = state[1], state[2], tonumber(state[3] or '0')
if owner and owner ~= ARGV[1] and owner ~= ARGV[4] then
  return { 'owned', owner }
end
if owner ~= ARGV[1] then
  redis.call('HSET', KEYS[3], 'owner', ARGV[1])
end
if paused then
  redis.call('HDEL', KEYS[3], 'idle')
  return { 'paused', paused }
end
if hold > tonumber(ARGV[3]) then
  return { 'hold', state[3] }
end

local answer = { 'taken', state[4] or '', '' }
local free = tonumber(ARGV[2])

local function add(stream, entry, kept)
  answer[#answer + 1] = { stream, entry[1], kept[1] or '0', kept[2] or '0', kept[3] or '', entry[2] }
  free = free - 1
end

local function group(key)
  redis.call('XGROUP', 'CREATE', key, 'mehari', '0', 'MKSTREAM')
end

-- Up to where the stream was taken. What was finished is deleted, so all that stands before is unfinished: nothing is kept
-- of single deliveries, and a take is one step in the append-only file, however many it takes.
local function taken(key)
  local groups = redis.pcall('XINFO', 'GROUPS', key)
  for _, one in ipairs(groups) do
    local about = {}
    for i = 1, #one, 2 do
      about[one[i]] = one[i + 1]
    end
    if about['name'] == 'mehari' then
      return about['last-delivered-id']
    end
  end
end

local function unfinished(stream, key)
  local last = taken(key)
  if not last then
    return
  end
  for _, entry in ipairs(redis.call('XRANGE', key, '-', last)) do
    local id = entry[1]
    add(stream, entry, redis.call('HMGET', KEYS[3], 'attempts:' .. id, 'next:' .. id, 'mark:' .. id))
  end
end

-- Answers whether nothing more is there.
local function fresh(stream, key, count)
  if redis.call('XLEN', key) == 0 then
    return true
  end
  if count <= 0 then
    return false
  end
  local read = redis.pcall('XREADGROUP', 'GROUP', 'mehari', ARGV[1], 'COUNT', count, 'NOACK', 'STREAMS', key, '>')
  if read and read.err then
    group(key)
    read = redis.call('XREADGROUP', 'GROUP', 'mehari', ARGV[1], 'COUNT', count, 'NOACK', 'STREAMS', key, '>')
  end
  local entries = read and read[1][2] or {}
  for _, entry in ipairs(entries) do
    add(stream, entry, {}) -- never tried: nothing is kept of it
  end
  return #entries < count
end

if ARGV[5] == '1' then
  unfinished(0, KEYS[1])
  unfinished(1, KEYS[2])
end
local noUrgent = fresh(0, KEYS[1], math.max(free, 1))
local noOther = fresh(1, KEYS[2], free)
if noUrgent and noOther then
  redis.call('HSET', KEYS[3], 'idle', '1')
  answer[3] = tostring(redis.call('XLEN', KEYS[1]) + redis.call('XLEN', KEYS[2]))
end
return answer
