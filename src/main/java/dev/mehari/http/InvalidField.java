package dev.mehari.http;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer JSON pointer (RFC 6901) of the field, {@code /data/pnl}; empty for the whole document
 * @param detail a sentence that says what is expected
 */
public record InvalidField(String pointer, String detail) {}
