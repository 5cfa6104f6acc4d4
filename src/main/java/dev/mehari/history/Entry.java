package dev.mehari.history;

import java.util.Map;

/** What stands at one place of a Redis stream. */
record Entry(Place place, Map<String, String> fields) {}
