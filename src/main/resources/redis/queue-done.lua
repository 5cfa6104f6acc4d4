-- Takes finished texts off the processing list; they are the oldest, so each is found at once.
-- KEYS  1 processing
-- ARGV  entries as they stand there
for _, entry in ipairs(ARGV) do
  redis.call('LREM', KEYS[1], -1, entry)
end
return #ARGV
