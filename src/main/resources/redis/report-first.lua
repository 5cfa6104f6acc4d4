-- Where the first report will count from. KEYS: the report's hash. ARGV: now (ms), counters.
if redis.call('HEXISTS', KEYS[1], 'due') == 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'due', ARGV[1], 'at', ARGV[1], 'counters', ARGV[2])
return 1
