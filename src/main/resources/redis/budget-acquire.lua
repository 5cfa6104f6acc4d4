-- Takes one request from every window it counts in, or from none. Time is Redis' own.
-- KEYS  the pauses to obey, then the windows
-- ARGV  1 request  2 longest time it may be under way (ms)  3 '1': it has room left, and may wait for more to fill it
--       4 number of pauses  5.. requests, period (ms), '1' when spread, of each window
-- Answers { 0 }, or { ms to wait, place among KEYS of what says so, 1 when only for the sake of spreading }.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pauses = tonumber(ARGV[4])
local UNDER_WAY_LOOK = 50
local wait, by, spreading = 0, 0, 0

local function later(ms, key, spread)
  if ms > wait then
    wait, by, spreading = ms, key, spread
  end
end

local function at(key, place)
  return tonumber(redis.call('ZRANGE', key, place, place, 'WITHSCORES')[2])
end

for i = 1, pauses do
  later(redis.call('PTTL', KEYS[i]), i, 0)
end
for i = pauses + 1, #KEYS do
  local a = 5 + (i - pauses - 1) * 3
  local requests, period, spread = tonumber(ARGV[a]), tonumber(ARGV[a + 1]), ARGV[a + 2]
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - period)
  local used = redis.call('ZCARD', KEYS[i])
  if used >= requests then
    local counts = at(KEYS[i], used - requests)
    -- One that is under way lies in the future: from when it counts is known when it is answered.
    later(counts > now and UNDER_WAY_LOOK or counts + period - now, i, 0)
  elseif spread == '1' and ARGV[3] == '1' and used * 2 >= requests then
    -- What is left has to last until the next one is given back.
    local gap = (math.min(at(KEYS[i], 0), now) + period - now) / (requests - used)
    later(math.ceil(math.min(at(KEYS[i], -1), now) + gap - now), i, 1)
  end
end
if wait > 0 then
  return { wait, by, spreading }
end
for i = pauses + 1, #KEYS do
  redis.call('ZADD', KEYS[i], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[5 + (i - pauses - 1) * 3 + 1] + ARGV[2] + 1000)
end
return { 0 }
