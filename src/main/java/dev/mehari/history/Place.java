package dev.mehari.history;

/** Where something stood in a Redis stream: {@code millis-number}; unique in its stream, and in the order it was put. */
record Place(long millis, long number) implements Comparable<Place> {

    static Place of(String text) {
        int dash = text.indexOf('-');
        return new Place(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    Place next() {
        return new Place(millis, number + 1);
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
