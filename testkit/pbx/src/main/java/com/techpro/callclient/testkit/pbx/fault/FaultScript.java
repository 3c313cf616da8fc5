// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Injects faults. A rule selects messages and ends with the fault:
 *
 * <pre>
 *   faults.onRequest("REGISTER").from("1001").times(1).unavailable(Duration.ofSeconds(30));
 *   faults.onResponse("INVITE").status(200).skip(1).drop();
 *   faults.onOutgoing("BYE").to("1002").delay(Duration.ofSeconds(2));
 *   faults.media("1002").toPhone().lose(0.05);
 * </pre>
 *
 * <p>Every copy of a message counts, retransmissions too. Only rules that answer a request instead
 * of the PBX count it once. The first rule that matches a message applies. Callable from any
 * thread; a rule applies from the next message on.
 */
public final class FaultScript {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicInteger fired = new AtomicInteger();
    private final MediaFaults media;
    private final ConferenceFaults conference = new ConferenceFaults();

    public FaultScript(MediaFaults media) {
        this.media = media;
    }

    /** Starts a rule for requests from devices. */
    public Rule onRequest(String method) {
        return new Rule(Way.REQUEST_IN, method);
    }

    /** Starts a rule for responses to devices, for requests of that method. */
    public Rule onResponse(String method) {
        return new Rule(Way.RESPONSE_OUT, method);
    }

    /** Starts a rule for requests to devices. */
    public Rule onOutgoing(String method) {
        return new Rule(Way.REQUEST_OUT, method);
    }

    /** Starts a rule for responses from devices, for requests of that method. */
    public Rule onReply(String method) {
        return new Rule(Way.RESPONSE_IN, method);
    }

    /** Starts a stub that replies to requests from devices instead of the PBX. */
    public Stubbing stub(String method) {
        return new Stubbing(this, onRequest(method));
    }

    /** Removes every rule made by {@link #stub}. */
    public void removeStubs() {
        rules.removeIf(rule -> rule.stubbed);
    }

    /** Removes the stubs that are for requests of that extension only. */
    public void removeStubs(String extension) {
        rules.removeIf(rule -> rule.stubbed && extension.equals(rule.extension));
    }

    void remove(Rule rule) {
        rules.remove(rule);
    }

    /** Returns the faults of media. */
    public MediaFaults media() {
        return media;
    }

    /**
     * Returns the media faults of an extension's phones, for each direction.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PhoneMediaFaults media(String extension) {
        return media.phone(extension);
    }

    /** Returns the faults of conference documents. */
    public ConferenceFaults conference() {
        return conference;
    }

    /** Returns how many messages the rules have hit so far. */
    public int fired() {
        return fired.get();
    }

    /** Removes all rules and stubs, and the faults of conference documents and media. */
    public void clear() {
        rules.clear();
        conference.clear();
        media.clear();
    }

    /** As {@link #clear}, and sets {@link #fired} to 0. */
    public void reset() {
        clear();
        fired.set(0);
    }

    /**
     * Returns the fault for a copy of a message; null if there is none. Excludes rules that answer
     * a request: the transaction layer merges copies, and {@link #replyTo} decides then. Called on
     * the signalling loop.
     *
     * @param device the extension of the device that sends or receives the message
     * @param request the request if a device sent it
     */
    @Nullable
    public Fault next(Way way, String method, @Nullable String device, int status, @Nullable RecordedRequest request) {
        for (Rule rule : rules) {
            if (rule.fits(way, method, device, status, request)) {
                return rule.answers() && !method.equals("CANCEL") ? null : fire(rule);
            }
        }
        return null;
    }

    /**
     * Returns the reply to a request instead of the PBX's; null if there is none. Called on the
     * signalling loop, once per request.
     */
    @Nullable
    public Reply replyTo(RecordedRequest request) {
        for (Rule rule : rules) {
            if (rule.fits(Way.REQUEST_IN, request.method(), request.fromUser(), 0, request)) {
                return rule.answers() && fire(rule) instanceof Fault.Answer answer ? answer.reply() : null;
            }
        }
        return null;
    }

    private @Nullable Fault fire(Rule rule) {
        if (!rule.occurrences.next()) {
            return null;
        }
        fired.incrementAndGet();
        rule.fired.incrementAndGet();
        return rule.fault;
    }

    /** The kind and direction of a message, from the devices' view. */
    public enum Way {
        REQUEST_IN,
        RESPONSE_OUT,
        REQUEST_OUT,
        RESPONSE_IN
    }

    /**
     * Selects messages and their fault. Does nothing until a method that returns nothing is called.
     */
    public final class Rule {
        private final Way way;
        private final String method;
        private final Occurrences occurrences = new Occurrences();
        private final AtomicInteger fired = new AtomicInteger();
        private @Nullable String extension;
        private @Nullable String addressee;
        private @Nullable Predicate<RecordedRequest> condition;
        private int status;
        private @Nullable Fault fault;
        private boolean stubbed;

        private Rule(Way way, String method) {
            this.way = way;
            this.method = method;
        }

        /**
         * Only messages from the device of that extension; for responses, those to its requests.
         */
        public Rule from(String number) {
            extension = number;
            return this;
        }

        /**
         * Only messages to the device of that extension; for requests from devices, those with that
         * user in To.
         */
        public Rule to(String number) {
            if (way == Way.REQUEST_IN) {
                addressee = number;
            } else {
                extension = number;
            }
            return this;
        }

        void when(Predicate<RecordedRequest> holds) {
            condition = condition == null ? holds : condition.and(holds);
        }

        /** Only responses with that status. */
        public Rule status(int only) {
            status = only;
            return this;
        }

        /** Skips the first messages. */
        public Rule skip(int count) {
            occurrences.skip(count);
            return this;
        }

        /** Limits how often the rule applies. */
        public Rule times(int count) {
            occurrences.times(count);
            return this;
        }

        /**
         * Removes the rule: the next message is unaffected. Does nothing if the rule has not begun.
         */
        public void remove() {
            FaultScript.this.remove(this);
        }

        /** Drops the messages. */
        public void drop() {
            add(new Fault.Drop());
        }

        /** Delays the messages. */
        public void delay(Duration by) {
            add(new Fault.Delay(by));
        }

        /** Duplicates the messages. */
        public void duplicate() {
            add(new Fault.Duplicate());
        }

        /** Garbles the messages so that they are not SIP any more. */
        public void garble() {
            add(new Fault.Garble());
        }

        /** Cuts the connection instead. */
        public void cutConnection() {
            add(new Fault.CutConnection());
        }

        /** Answers with that status instead. For requests from devices. */
        public void answer(int answered) {
            answer(answered, Map.of());
        }

        /** Answers with that status and those headers instead. For requests from devices. */
        public void answer(int answered, Map<String, String> headers) {
            requireRequestIn();
            add(new Fault.Answer(new Reply(answered, "", headers)));
        }

        void stub(Reply reply) {
            if (method.equals("ACK")) {
                throw new IllegalArgumentException("an ACK is not answered");
            }
            if (method.equals("INVITE") && reply.status() < 300) {
                throw new IllegalArgumentException("a call is not answered by a stub: let a number answer it, as 600");
            }
            stubbed = true;
            add(new Fault.Answer(reply));
        }

        int fired() {
            return fired.get();
        }

        private boolean answers() {
            return fault instanceof Fault.Answer;
        }

        /** Answers 503 with a Retry-After. For requests from devices. */
        public void unavailable(Duration retryAfter) {
            answer(503, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
        }

        /** Challenges with a nonce that the PBX will not accept. For requests from devices. */
        public void uselessNonce() {
            requireRequestIn();
            add(new Fault.UselessNonce());
        }

        private void requireRequestIn() {
            if (way != Way.REQUEST_IN) {
                throw new IllegalStateException("only requests of devices are answered");
            }
        }

        private void add(Fault chosen) {
            fault = chosen;
            rules.add(this);
        }

        private boolean fits(
                Way actual,
                String actualMethod,
                @Nullable String device,
                int actualStatus,
                @Nullable RecordedRequest request) {
            return !occurrences.spent()
                    && way == actual
                    && method.equals(actualMethod)
                    && (extension == null || extension.equals(device))
                    && (addressee == null || (request != null && addressee.equals(request.toUser())))
                    && (condition == null || (request != null && condition.test(request)))
                    && (status == 0 || status == actualStatus);
        }
    }
}
