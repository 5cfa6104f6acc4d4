/**
 * What happened: events of the lanes and records of the other rooms enter through Redis; PostgreSQL keeps them, and search,
 * timelines, statistics and the ledger's check leave.
 */
@NullMarked
package dev.mehari.history;

import org.jspecify.annotations.NullMarked;
