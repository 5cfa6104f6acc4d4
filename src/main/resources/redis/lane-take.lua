-- Takes deliveries for the lane's owner: urgent ones first, each stream in its order.
-- KEYS  1 urgent  2 lane  3 state
-- ARGV  1 node  2 how many  3 now (ms)  4 node whose lanes may be taken over ('' for none)
--       5 '1': begin anew, with what was taken and never finished
-- Answers { 'owned', by } { 'paused', why } { 'hold', until } or { 'taken', why the channel is broken ('' when it is not), entry, ... };
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

local answer = { 'taken', state[4] or '' }
local free = tonumber(ARGV[2])

local function add(stream, entry, kept)
  answer[#answer + 1] = { stream, entry[1], kept[1] or '0', kept[2] or '0', kept[3] or '', entry[2] }
  free = free - 1
end

local function group(key)
  redis.call('XGROUP', 'CREATE', key, 'mehari', '0', 'MKSTREAM')
end

-- What an owner took and did not finish stays in the group's pending list.
local function unfinished(stream, key)
  local cursor = '0-0'
  repeat
    local claimed = redis.pcall('XAUTOCLAIM', key, 'mehari', ARGV[1], 0, cursor, 'COUNT', 1000)
    if claimed.err then
      group(key)
      return
    end
    cursor = claimed[1]
    for _, entry in ipairs(claimed[2]) do
      if entry and entry[2] then
        local id = entry[1]
        add(stream, entry, redis.call('HMGET', KEYS[3], 'attempts:' .. id, 'next:' .. id, 'mark:' .. id))
      end
    end
  until cursor == '0-0'
end

local function fresh(stream, key, count)
  if count <= 0 then
    return
  end
  local read = redis.pcall('XREADGROUP', 'GROUP', 'mehari', ARGV[1], 'COUNT', count, 'STREAMS', key, '>')
  if read and read.err then
    group(key)
    read = redis.call('XREADGROUP', 'GROUP', 'mehari', ARGV[1], 'COUNT', count, 'STREAMS', key, '>')
  end
  if read then
    for _, entry in ipairs(read[1][2]) do
      add(stream, entry, {}) -- never tried: nothing is kept of it
    end
  end
end

if ARGV[5] == '1' then
  unfinished(0, KEYS[1])
  unfinished(1, KEYS[2])
end
fresh(0, KEYS[1], math.max(free, 1))
fresh(1, KEYS[2], free)
if #answer == 2 then -- nothing there: the next put must say so
  redis.call('HSET', KEYS[3], 'idle', '1')
end
return answer
