package dev.mehari.delivery.budget;

import java.util.concurrent.atomic.AtomicBoolean;

/** One request that was taken from its budgets. Travels as an exchange property; ended once. */
record Reservation(Plan plan, String request, AtomicBoolean ended) {
    static final String PROPERTY = "MehariReservation";

    Reservation(Plan plan, String request) {
        this(plan, request, new AtomicBoolean());
    }
}
