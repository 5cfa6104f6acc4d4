package dev.mehari.notification;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The notification that all pieces are measured with: 600 bytes of JSON. */
public final class Sample {
    private static final String FIELDS = """
            {"type":"trade.opened","title":"BTC-USD long","text":"Breakout above the 4 h range, volume confirms.",\
            "data":{"symbol":"BTC-USD","side":"long","price":97150.5,"quantity":0.25,"leverage":3,"stopLoss":95800,\
            "takeProfit":101200,"strategy":"breakout-4h","note":\"""";

    private static final NotificationIds IDS = new NotificationIds(Clock.systemUTC());

    private Sample() {}

    public static byte[] json() {
        return (FIELDS + "x".repeat(600 - FIELDS.length() - 3) + "\"}}").getBytes(StandardCharsets.UTF_8);
    }

    public static Draft draft() {
        return new NotificationReader().read(json());
    }

    /** A new one, with an id of its own. */
    public static Notification stamped(Draft draft) {
        var id = IDS.next();
        return draft.stamp(id, "http", id, Priority.NORMAL, Clock.systemUTC().instant());
    }
}
