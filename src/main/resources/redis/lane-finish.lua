-- Ends deliveries: each leaves the lane, and the ledger and the events say how. Ending one twice changes nothing.
-- What the history was not told of yet goes along with the event, as it leaves the lane.
-- KEYS  1 urgent  2 lane  3 state  4 ledger  5 events  6 diverted  7 entries by the time they expire
-- ARGV  1 events to keep (0: none)  2 diverted ones to remember
--       3.. of each: stream (0 urgent, 1 lane), entry id, final state, type label, now (ms), ms since it was queued,
--           notification id, delivery key, detail, attempts, the request to the provider ('' for none): outcome, status, ms
-- Answers, for each, 1, or 0 when it had ended before.
local answers, counts, kept, expiring = {}, {}, {}, {}
local failed
local some = redis.call('ZCARD', KEYS[7]) > 0 -- most deliveries have no time of their own to expire
local function count(field, by)
  counts[field] = (counts[field] or 0) + by
end

local history = ARGV[1] ~= '0'
local told = history and redis.call('HMGET', KEYS[3], 'told-urgent', 'told-lane')

for i = 3, #ARGV, 11 do
  local place, entry, state, now, detail = ARGV[i] + 1, ARGV[i + 1], ARGV[i + 2], ARGV[i + 4], ARGV[i + 8]
  local news = history and untold(told, ARGV[i], entry)
  local put = (news or state == 'diverted') and redis.call('XRANGE', KEYS[place], entry, entry)[1]
  if some then
    expiring[#expiring + 1] = ARGV[i] .. ' ' .. entry
  end
  kept[#kept + 1] = 'attempts:' .. entry
  local left = redis.call('XDEL', KEYS[place], entry)
  answers[#answers + 1] = left
  if left == 1 then
    count(state, 1)
    count(state .. ':' .. ARGV[i + 3], 1)
    if state == 'delivered' then
      count('millis', tonumber(ARGV[i + 5]))
    end
    if string.find(ARGV[i + 10], '^re') then -- retry, rejected
      failed = now .. ' ' .. detail
    end
    if state == 'diverted' then -- so that it can be sent again when the channel is back
      redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[2], '*', 'detail', detail, 'divertedAt', now, unpack(put[2]))
    end
    if history then
      local event = { 'e', state, 'id', ARGV[i + 6], 'key', ARGV[i + 7], 'at', now, 'detail', detail,
        'attempts', ARGV[i + 9], 'took', ARGV[i + 10] }
      if news then
        tellPut(event, ARGV[i], entry, put[2])
      end
      redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[1], '*', unpack(event))
    end
  end
end
if redis.call('HDEL', KEYS[3], unpack(kept)) > 0 then -- of those that were held before
  for _, field in ipairs(kept) do
    local entry = string.sub(field, #'attempts:' + 1)
    redis.call('HDEL', KEYS[3], 'next:' .. entry, 'mark:' .. entry)
  end
end
if failed then
  redis.call('HSET', KEYS[3], 'last-error', failed)
end
if some then
  redis.call('ZREM', KEYS[7], unpack(expiring))
end
for field, by in pairs(counts) do
  redis.call('HINCRBY', KEYS[4], field, string.format('%.0f', by))
end
return answers
