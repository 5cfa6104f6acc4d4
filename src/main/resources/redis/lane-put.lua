-- Puts deliveries into their lane, each once: the ledger and the wake-up call move in the same step. The lane's entry is all
-- that the history needs of it, and stays until the history was told, or goes along with the event that ends it.
-- KEYS  1 urgent  2 lane  3 state  4 ledger  5 entries by the time they expire  6.. sets of what was put, one an hour
-- ARGV  1 seconds to remember a delivery  2 events to keep (0: no history)  3 wake-up topic  4 channel  5 node that puts
--       6 '1': the node takes them at once, if it has taken all that came before and nothing holds the lane up
--       7.. of each: its set's place in KEYS, stream (0 urgent, 1 lane), delivery key, now (ms), type label,
--           notification, diverted from ('' for none), expires at (ms, '' for never)
-- Answers, for each, 1, or 0 when it was put before, or its entry id when it was taken at once; and one 1 more when the lane
-- waits for a call and is the node's own.
local answers, accepted, labels, sets = {}, 0, {}, {}
local entries, last = {}, {}
for i = 7, #ARGV, 8 do
  local set, stream = KEYS[tonumber(ARGV[i])], KEYS[ARGV[i + 1] + 1]
  local key, at, label, n, from, expires = ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7]
  local new = redis.call('SADD', set, key)
  answers[#answers + 1] = new
  if new == 1 then
    sets[set] = true
    accepted = accepted + 1
    labels[label] = (labels[label] or 0) + 1
    local entry
    if from == '' then
      entry = redis.call('XADD', stream, '*', 'key', key, 'label', label, 'at', at, 'n', n)
    else
      entry = redis.call('XADD', stream, '*', 'key', key, 'label', label, 'at', at, 'n', n, 'from', from)
    end
    entries[#answers], last[stream] = entry, entry
    if expires ~= '' then
      redis.call('ZADD', KEYS[5], expires, ARGV[i + 1] .. ' ' .. entry)
    end
  end
end
if accepted == 0 then
  return answers
end
for set in pairs(sets) do
  redis.call('EXPIRE', set, ARGV[1])
end
redis.call('HINCRBY', KEYS[4], 'accepted', accepted)
for label, count in pairs(labels) do
  redis.call('HINCRBY', KEYS[4], 'accepted:' .. label, count)
end
if ARGV[2] ~= '0' then
  redis.call('HINCRBY', KEYS[3], 'untold', accepted)
end

local state = redis.call('HMGET', KEYS[3], 'idle', 'owner', 'paused', 'broken', 'hold-until')
local idle, owner, held = state[1], state[2], state[3] or state[4] or tonumber(state[5] or '0') > tonumber(ARGV[10])
if not idle then
  return answers
end
if ARGV[6] == '1' and owner == ARGV[5] and not held then
  for stream, entry in pairs(last) do
    if redis.pcall('XGROUP', 'SETID', stream, 'mehari', entry).err then
      redis.call('XGROUP', 'CREATE', stream, 'mehari', entry)
    end
  end
  for i, entry in pairs(entries) do
    answers[i] = entry
  end
  return answers
end
redis.call('HDEL', KEYS[3], 'idle')
if owner == ARGV[5] then
  answers[#answers + 1] = 1
else
  redis.call('PUBLISH', ARGV[3], ARGV[4])
end
return answers
