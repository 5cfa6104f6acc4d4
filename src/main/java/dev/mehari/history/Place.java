package dev.mehari.history;

/** Where something stood in a Redis stream: {@code millis-number}; unique in its stream, and in the order it was put. */
record Place(long millis, long number) implements Comparable<Place> {
    /** Before all places there are. */
    static final Place FIRST = new Place(0, 0);

    private static final long PUT_URGENT = -(1L << 61);
    private static final long PUT = -(1L << 62);

    static Place of(String text) {
        int dash = text.indexOf('-');
        return new Place(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    Place next() {
        return new Place(millis, number + 1);
    }

    /** Where among its channel's events that stands which tells of the lane's entry with this place; no event's own place. */
    Place ofPut(boolean urgent) {
        return new Place(millis, number + (urgent ? PUT_URGENT : PUT));
    }

    @Override
    public int compareTo(Place other) {
        int byTime = Long.compare(millis, other.millis);
        return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return millis + "-" + number;
    }
}
