// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Users send each other texts. Each must arrive once, in order and unchanged, and its sender must
 * be notified. Owned by the soak's loop.
 */
public final class TextCheck {
    /**
     * From each plane of Unicode in use, with characters that are difficult for line-based and
     * escaping code.
     */
    private static final List<String> PIECES = List.of(
            "hello", "Grüße aus Köln", "日本語", "🎉👩‍👧", "line\nfeed", "<b>&amp;</b>", "a: b", "\"'`\\", "%20;q=1");

    private static final int MOST_PIECES = 12;

    private final Random random;
    /** The texts in transit from one user to another. */
    private final Map<String, List<String>> onTheirWay = new HashMap<>();

    /** Texts that never arrived although later ones did. */
    private final Set<String> lost = new HashSet<>();
    /** Texts that were not reported to their sender as delivered. */
    private final Set<String> undelivered = new HashSet<>();

    private static final String ONLY_ACCEPTED = "only accepted";

    private final Map<String, Long> failures = new TreeMap<>();
    private boolean listening;
    private long sent;
    private long arrived;
    private long wrong;
    private long outcomes;
    private long delivered;

    public TextCheck(Random random) {
        this.random = random;
    }

    /** Sends texts too in calls from now on. */
    public void listen(Collection<Extension> users) {
        listening = true;
        users.forEach(this::listen);
    }

    private void listen(Extension user) {
        user.account().addListener(new AccountListener() {
            @Override
            public void messageReceived(Account account, TextMessage message) {
                received(message.from().user(), user.number(), message.text());
            }
        });
    }

    /** Each of two users sends the other two texts without waiting, if anybody listens. */
    public void exchange(Extension one, Extension other) {
        if (listening) {
            send(one, other);
            send(one, other);
            send(other, one);
            send(other, one);
        }
    }

    private void send(Extension from, Extension to) {
        StringBuilder text = new StringBuilder().append(sent + 1);
        for (int pieces = random.nextInt(MOST_PIECES); pieces >= 0; pieces--) {
            text.append(' ').append(PIECES.get(random.nextInt(PIECES.size())));
        }
        sent(from.number(), to.number(), text.toString());
        String sentText = text.toString();
        from.account()
                .sendMessage(to.number(), sentText)
                .thenAccept(outcome -> told(from.number(), to.number(), sentText, outcome));
    }

    void told(String from, String to, String text, MessageOutcome outcome) {
        if (!(outcome instanceof MessageOutcome.Delivered)) {
            undelivered.add(pair(from, to) + " " + text);
        }
        told(outcome);
    }

    void sent(String from, String to, String text) {
        sent++;
        onTheirWay.computeIfAbsent(pair(from, to), key -> new ArrayList<>()).add(text);
    }

    void told(MessageOutcome outcome) {
        outcomes++;
        if (outcome instanceof MessageOutcome.Delivered) {
            delivered++;
        } else {
            String code = outcome instanceof MessageOutcome.Failed failed
                    ? failed.failure().code()
                    : outcome instanceof MessageOutcome.Refused refused
                            ? refused.reason().code()
                            : ONLY_ACCEPTED;
            failures.merge(code, 1L, Long::sum);
        }
    }

    void received(String from, String to, String text) {
        List<String> due = onTheirWay.getOrDefault(pair(from, to), List.of());
        int place = due.indexOf(text);
        if (place < 0) {
            wrong++;
            return;
        }
        arrived++;
        // The earlier ones are lost; if one still arrives, it is too late.
        due.subList(0, place).forEach(missing -> lost.add(pair(from, to) + " " + missing));
        due.subList(0, place + 1).clear();
    }

    /** Whether every text that was not reported as delivered is indeed missing. */
    private boolean noneUndeliveredHasCome() {
        Set<String> missing = new HashSet<>(lost);
        onTheirWay.forEach((pair, texts) -> texts.forEach(text -> missing.add(pair + " " + text)));
        return outcomes == sent && undelivered.size() == sent - delivered && missing.containsAll(undelivered);
    }

    private static String pair(String from, String to) {
        return from + " " + to;
    }

    /** Whether there is nothing to wait for. */
    public boolean isSettled() {
        return outcomes == sent && onTheirWay.values().stream().allMatch(List::isEmpty);
    }

    public List<Gate> gates() {
        return gates(true);
    }

    /**
     * Returns the gates.
     *
     * @param relays whether the phone system is known to relay the far end's answer; one that only
     *     accepts all texts (RFC 3428 §7) is not at fault
     */
    public List<Gate> gates(boolean relays) {
        Gate received = Gate.of(
                        "texts-received",
                        "texts received, once, in order and unchanged",
                        arrived + " of " + sent + ", " + wrong + " unexpected",
                        "all, at least one, and none unexpected",
                        sent > 0 && arrived == sent && wrong == 0,
                        wrong > 0 ? "unexpected" : String.join(", ", failures.keySet()))
                .measuredAs(Figure.share(arrived, sent));
        Gate told = Gate.of(
                        "texts-delivered",
                        "texts reported to their sender as delivered",
                        delivered + " of " + sent,
                        "all, and at least one",
                        sent > 0 && delivered == sent && outcomes == sent,
                        String.join(", ", failures.keySet()))
                .measuredAs(Figure.share(delivered, sent));
        if (!relays && delivered == 0 && failures.keySet().equals(Set.of(ONLY_ACCEPTED))) {
            return List.of(received, told.notJudged("this phone system only accepts texts"));
        }
        boolean oneCause = !received.green() && sent > 0 && noneUndeliveredHasCome();
        return List.of(received, told.green() || !oneCause ? told : told.notJudged("see " + received.id()));
    }

    public SoakReport.Texts figures() {
        return new SoakReport.Texts(sent, arrived, wrong, delivered, new TreeMap<>(failures));
    }
}
