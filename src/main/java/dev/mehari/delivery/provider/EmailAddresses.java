package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;

/** From whom and to whom a channel's letters go. A channel in the sandbox needs neither. */
record EmailAddresses(InternetAddress from, List<InternetAddress> to) {
    private static final String NOBODY = "sandbox@mehari.invalid";
    private static final int MOST = 100;

    static EmailAddresses of(Channel channel) {
        try {
            InternetAddress from = parse(Settings.text(channel, "from").orElse(NOBODY));
            List<InternetAddress> to = new ArrayList<>();
            for (String each : Settings.words(channel, "to")) {
                to.add(parse(each));
            }
            return new EmailAddresses(from, to.isEmpty() ? List.of(parse(NOBODY)) : to);
        } catch (AddressException wrong) {
            throw new IllegalStateException("Channel " + channel.name() + " has an address that is none.");
        }
    }

    static List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>();
        List<String> to = Settings.words(channel, "to");
        String from = Settings.text(channel, "from").orElse("");
        if (from.isEmpty() ? !channel.sandboxed() : !good(from)) {
            problems.add("from: must be the sender's address, Name <name@example.org>.");
        }
        boolean missing = to.isEmpty() && !channel.sandboxed();
        if (missing || to.size() > MOST || !to.stream().allMatch(EmailAddresses::good)) {
            problems.add("to: must be an address or a list of up to " + MOST + ", each Name <name@example.org>.");
        }
        return problems;
    }

    /** The part after the at sign, for message ids. */
    String domain() {
        return from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    }

    private static boolean good(String address) {
        try {
            parse(address);
            return true;
        } catch (AddressException wrong) {
            return false;
        }
    }

    private static InternetAddress parse(String text) throws AddressException {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new AddressException("control characters");
        }
        InternetAddress address = new InternetAddress(text, true);
        if (!address.getAddress().contains("@")) {
            throw new AddressException("no domain");
        }
        return encoded(address);
    }

    /** A name that is not ASCII is written as an encoded word. */
    private static InternetAddress encoded(InternetAddress address) throws AddressException {
        try {
            address.setPersonal(address.getPersonal(), "UTF-8");
            return address;
        } catch (UnsupportedEncodingException impossible) {
            throw new AddressException("no UTF-8");
        }
    }
}
