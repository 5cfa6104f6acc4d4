package dev.mehari.delivery.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Standard Webhooks 1.0.0 asks: {@code v1} (HMAC-SHA256, {@code whsec_}) and {@code v1a} (Ed25519,
 * {@code whsk_}); one signature for each secret, so that secrets can be changed without a gap.
 */
final class StandardWebhook {
    private static final String SYMMETRIC = "whsec_";
    private static final String ASYMMETRIC = "whsk_";
    /** What PKCS#8 puts before the 32 bytes of an Ed25519 seed (RFC 8410). */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** What X.509 puts before the 32 bytes of an Ed25519 public key. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private StandardWebhook() {}

    /** What is wrong with the secrets, without showing them; numbered from 1. */
    static List<String> problems(List<String> secrets) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < secrets.size(); i++) {
            String problem = problem(secrets.get(i));
            if (!problem.isEmpty()) {
                problems.add("secrets: number " + (i + 1) + " " + problem);
            }
        }
        return problems;
    }

    private static String problem(String secret) {
        if (!secret.startsWith(SYMMETRIC) && !secret.startsWith(ASYMMETRIC)) {
            return "must start with whsec_ (shared secret) or whsk_ (private key).";
        }
        try {
            byte[] key = key(secret);
            if (secret.startsWith(ASYMMETRIC)) {
                return pair(key) ? "" : "must be whsk_ and 64 bytes in base64: a seed and the public key made from it.";
            }
            int length = key.length;
            return length >= 24 && length <= 64 ? "" : "must be whsec_ and 24 to 64 random bytes in base64.";
        } catch (IllegalArgumentException notBase64) {
            return "is no base64 after its prefix.";
        }
    }

    /** Whether the second half is the public key of the first: else every receiver would refuse every signature. */
    private static boolean pair(byte[] key) {
        try {
            if (key.length != 64) {
                return false;
            }
            byte[] encoded = Arrays.copyOf(X509, X509.length + 32);
            System.arraycopy(key, 32, encoded, X509.length, 32);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            return verifier.verify(ed25519(key, new byte[0]));
        } catch (GeneralSecurityException noKey) {
            return false;
        }
    }

    /**
     * The three headers; none of the signature when there are no secrets.
     *
     * @param id the same for every attempt; without dots
     * @param at the time of this attempt
     */
    static Map<String, String> headers(List<String> secrets, String id, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        Map<String, String> ids = Map.of("webhook-id", id, "webhook-timestamp", timestamp);
        if (secrets.isEmpty()) {
            return ids;
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        String signatures = secrets.stream()
                .map(secret -> signature(secret, signed.toByteArray()))
                .collect(Collectors.joining(" "));
        return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signatures);
    }

    private static String signature(String secret, byte[] content) {
        try {
            byte[] key = key(secret);
            boolean symmetric = secret.startsWith(SYMMETRIC);
            byte[] signature = symmetric ? hmac(key, content) : ed25519(key, content);
            return (symmetric ? "v1," : "v1a,") + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalStateException("A secret of this channel cannot sign; see what the channel's check says.");
        }
    }

    private static byte[] hmac(byte[] key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(content);
    }

    private static byte[] ed25519(byte[] seedAndPublic, byte[] content) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + 32);
        System.arraycopy(seedAndPublic, 0, encoded, PKCS8.length, 32);
        PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(secret.indexOf('_') + 1));
    }
}
