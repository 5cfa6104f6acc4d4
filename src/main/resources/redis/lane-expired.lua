-- Finds deliveries that nobody wants any more, wherever they stand in the lane, taken or not; ends none of them.
-- Those that waited too long stand at the heads, because a stream is in the order of its puts; those with a time of their
-- own are found by it. So what is not due is not looked at, however deep the lane is.
-- KEYS  1 urgent  2 lane  3 state  4 entries by the time they expire
-- ARGV  1 node  2 now (ms)  3 queued before this (ms) is too old  4 at most so many
-- Answers entries as lane-take does; none when the lane is another node's.
local answer = {}
if redis.call('HGET', KEYS[3], 'owner') ~= ARGV[1] then
  return answer
end
local most = tonumber(ARGV[4])

local function add(stream, entry)
  local id = entry[1]
  local kept = redis.call('HMGET', KEYS[3], 'attempts:' .. id, 'next:' .. id, 'mark:' .. id)
  answer[#answer + 1] = { stream, id, kept[1] or '0', kept[2] or '0', kept[3] or '', entry[2] }
end

local function queuedAt(entry)
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'at' then
      return tonumber(entry[2][i + 1]) or 0
    end
  end
  return 0
end

for stream = 0, 1 do
  local from, count = '-', 1
  repeat
    local heads = redis.call('XRANGE', KEYS[stream + 1], from, '+', 'COUNT', count)
    local due = 0
    for _, entry in ipairs(heads) do
      if queuedAt(entry) >= tonumber(ARGV[3]) then
        break
      end
      add(stream, entry)
      due, from = due + 1, '(' .. entry[1]
    end
    local more = due == count
    count = 100
  until not more or #answer >= most
end

for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', '(' .. ARGV[2], 'LIMIT', 0, most)) do
  local stream, id = tonumber(string.sub(member, 1, 1)), string.sub(member, 3)
  local entry = redis.call('XRANGE', KEYS[stream + 1], id, id)[1]
  if entry then
    add(stream, entry)
  else
    redis.call('ZREM', KEYS[4], member)
  end
end
return answer
