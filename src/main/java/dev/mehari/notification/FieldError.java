package dev.mehari.notification;

/**
 * What is wrong with one field.
 *
 * @param pointer JSON pointer (RFC 6901) of the field, {@code /data/pnl}; empty for the whole document
 * @param detail a sentence that says what is expected
 */
public record FieldError(String pointer, String detail) {}
