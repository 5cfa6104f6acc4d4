/**
 * One shared, pipelining connection to Redis and the scripts that run on it. Keys and bytes enter; atomic steps leave.
 */
@NullMarked
package dev.mehari.redis;

import org.jspecify.annotations.NullMarked;
