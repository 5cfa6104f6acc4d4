package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of the standard's reference libraries, checked by a receiver written from the specification. */
class StandardWebhookTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PRIVATE =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static final String PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String V1A =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    @Test
    void vectors_areReproduced() {
        assertThat(sign(SECRET))
                .containsEntry("webhook-signature", V1)
                .containsEntry("webhook-timestamp", "1614265330");
        assertThat(sign(PRIVATE)).containsEntry("webhook-signature", V1A);
        assertThat(sign(SECRET, PRIVATE)).containsEntry("webhook-signature", V1 + " " + V1A);
    }

    @Test
    void receiver_acceptsWhatIsSignedAndNothingElse() throws Exception {
        for (String key : List.of(SECRET, PUBLIC)) {
            assertThat(accepts(key, sign(SECRET, PRIVATE), BODY, AT)).isTrue();
            assertThat(accepts(key, sign(SECRET, PRIVATE), BODY, AT.plusSeconds(300)))
                    .isTrue();
            assertThat(accepts(key, sign(SECRET, PRIVATE), BODY, AT.plusSeconds(301)))
                    .isFalse();
            assertThat(accepts(key, sign(SECRET, PRIVATE), BODY, AT.minusSeconds(301)))
                    .isFalse();
            assertThat(accepts(key, sign(SECRET, PRIVATE), "{}".getBytes(StandardCharsets.UTF_8), AT))
                    .isFalse();
            assertThat(accepts(key, Map.of("webhook-id", ID), BODY, AT)).isFalse();
        }
        assertThat(accepts(SECRET, with("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="), BODY, AT))
                .isFalse();
        assertThat(accepts(SECRET, with("v1,"), BODY, AT)).isFalse();
        assertThat(accepts(SECRET, with("v0,x " + V1), BODY, AT)).isTrue();
        assertThat(accepts(
                        SECRET,
                        Map.of("webhook-id", ID, "webhook-timestamp", "hello", "webhook-signature", V1),
                        BODY,
                        AT))
                .isFalse();
    }

    @Test
    void emptyBody_isSigned() throws Exception {
        byte[] empty = new byte[0];
        assertThat(accepts(SECRET, StandardWebhook.headers(List.of(SECRET), ID, AT, empty), empty, AT))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_",
                "whsec_%%%",
                "whsec_c2hvcnQ=",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_c2hvcnQ=",
                "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
                "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
            })
    void badSecret_isNamedByItsNumberOnly(String secret) {
        assertThat(StandardWebhook.problems(List.of(SECRET, secret)))
                .singleElement()
                .asString()
                .startsWith("secrets: number 2 ")
                .doesNotContain(secret.length() > 6 ? secret.substring(6) : "whsec__");
        assertThat(StandardWebhook.problems(List.of(SECRET, PRIVATE))).isEmpty();
    }

    @Test
    void brokenSecret_doesNotShowItself() {
        assertThatThrownBy(() -> sign("whsec_%%secret%%"))
                .hasNoCause()
                .message()
                .doesNotContain("secret%%");
    }

    private static Map<String, String> sign(String... secrets) {
        return StandardWebhook.headers(List.of(secrets), ID, AT, BODY);
    }

    private static Map<String, String> with(String signature) {
        return Map.of("webhook-id", ID, "webhook-timestamp", "1614265330", "webhook-signature", signature);
    }

    private static boolean accepts(String key, Map<String, String> headers, byte[] body, Instant now) throws Exception {
        String timestamp = headers.getOrDefault("webhook-timestamp", "");
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .toSeconds()
                        > 300) {
            return false;
        }
        String content = headers.get("webhook-id") + "." + timestamp + "." + new String(body, StandardCharsets.UTF_8);
        for (String each : headers.getOrDefault("webhook-signature", "").split(" ")) {
            String[] parts = each.split(",", -1);
            boolean symmetric = key.startsWith("whsec_");
            if (parts.length == 2
                    && parts[0].equals(symmetric ? "v1" : "v1a")
                    && (symmetric ? hmac(key, content, parts[1]) : ed25519(key, content, parts[1]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hmac(String key, String content, String signature) throws Exception {
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(Base64.getDecoder().decode(key.substring(6)), "HmacSHA256"));
        byte[] expected = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(expected, Base64.getDecoder().decode(signature));
    }

    private static boolean ed25519(String key, String content, String signature) throws Exception {
        byte[] encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100"
                        + HexFormat.of().formatHex(Base64.getDecoder().decode(key.substring(5))));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(content.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = Base64.getDecoder().decode(signature);
        return bytes.length == 64 && verifier.verify(bytes);
    }
}
