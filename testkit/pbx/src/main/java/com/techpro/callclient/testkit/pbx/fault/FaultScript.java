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
 * What goes wrong on purpose. A rule says which messages it is for, and ends with what happens to them:
 *
 * <pre>
 *   faults.onRequest("REGISTER").from("1001").times(1).unavailable(Duration.ofSeconds(30));
 *   faults.onResponse("INVITE").status(200).skip(1).drop();
 *   faults.onOutgoing("BYE").to("1002").delay(Duration.ofSeconds(2));
 *   faults.media("1002").toPhone().lose(0.05);
 * </pre>
 *
 * <p>Every copy of a message counts, retransmissions too; only of requests that are answered in place of the PBX each counts once. The first rule that fits a message decides. Callable from any thread; a rule
 * works from the next message on.
 */
public final class FaultScript {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicInteger fired = new AtomicInteger();
    private final MediaFaults media;
    private final ConferenceFaults conference = new ConferenceFaults();

    public FaultScript(MediaFaults media) {
        this.media = media;
    }

    /** Requests that devices send. */
    public Rule onRequest(String method) {
        return new Rule(Way.REQUEST_IN, method);
    }

    /** Responses that devices get, to requests of that method. */
    public Rule onResponse(String method) {
        return new Rule(Way.RESPONSE_OUT, method);
    }

    /** Requests that devices get. */
    public Rule onOutgoing(String method) {
        return new Rule(Way.REQUEST_OUT, method);
    }

    /** Responses that devices send, to requests of that method. */
    public Rule onReply(String method) {
        return new Rule(Way.RESPONSE_IN, method);
    }

    /** Requests that devices send and that get another reply than the PBX's own. */
    public Stubbing stub(String method) {
        return new Stubbing(this, onRequest(method));
    }

    /** Drops every rule that {@link #stub} made. */
    public void removeStubs() {
        rules.removeIf(rule -> rule.stubbed);
    }

    /** Drops those of them that are for requests of that extension alone. */
    public void removeStubs(String extension) {
        rules.removeIf(rule -> rule.stubbed && extension.equals(rule.extension));
    }

    void remove(Rule rule) {
        rules.remove(rule);
    }

    /** What goes wrong with media. */
    public MediaFaults media() {
        return media;
    }

    /**
     * What goes wrong with the sound of an extension's phones, each way for itself.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PhoneMediaFaults media(String extension) {
        return media.phone(extension);
    }

    /** What goes wrong with the documents of conference rooms. */
    public ConferenceFaults conference() {
        return conference;
    }

    /** How many messages a rule has hit so far. */
    public int fired() {
        return fired.get();
    }

    /** Lets nothing go wrong any more: drops every rule and stub, and what goes wrong with conference documents and with media. */
    public void clear() {
        rules.clear();
        conference.clear();
        media.clear();
    }

    /** As {@link #clear}, and {@link #fired} counts from 0 again. */
    public void reset() {
        clear();
        fired.set(0);
    }

    /**
     * What is to happen to a copy of a message; null if nothing. Not those rules that answer a request: the transaction layer makes one of its copies,
     * and {@link #replyTo} decides then. Called on the signalling loop.
     *
     * @param device the extension of the device that sends the message or gets it
     * @param request if it is a request from a device
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

    /** What a request is answered with in place of the PBX; null if nothing. Called on the signalling loop, once for each request. */
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

    /** Whose message, seen from the devices. */
    public enum Way {
        REQUEST_IN,
        RESPONSE_OUT,
        REQUEST_OUT,
        RESPONSE_IN
    }

    /** Which messages go wrong, and how. Does nothing until one of the methods that return nothing is called. */
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

        /** Only those from the device of that extension; of responses, those to its requests. */
        public Rule from(String number) {
            extension = number;
            return this;
        }

        /** Only those to the device of that extension; of requests that devices send, those with that user in To. */
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

        /** Not the first ones. */
        public Rule skip(int count) {
            occurrences.skip(count);
            return this;
        }

        /** Not more often than that. */
        public Rule times(int count) {
            occurrences.times(count);
            return this;
        }

        /** Ends it: the next message is left alone again. Does nothing if it has not begun. */
        public void remove() {
            FaultScript.this.remove(this);
        }

        /** They never arrive. */
        public void drop() {
            add(new Fault.Drop());
        }

        /** They arrive later. */
        public void delay(Duration by) {
            add(new Fault.Delay(by));
        }

        /** They arrive twice. */
        public void duplicate() {
            add(new Fault.Duplicate());
        }

        /** What arrives is not SIP any more. */
        public void garble() {
            add(new Fault.Garble());
        }

        /** The PBX cuts the connection instead. */
        public void cutConnection() {
            add(new Fault.CutConnection());
        }

        /** The PBX answers with that status instead. For requests of devices. */
        public void answer(int answered) {
            answer(answered, Map.of());
        }

        /** The PBX answers with that status and those headers instead. For requests of devices. */
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

        /** The PBX answers 503 and asks to be left alone for a while. For requests of devices. */
        public void unavailable(Duration retryAfter) {
            answer(503, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
        }

        /** The PBX asks for a password with a nonce that it will not accept. For requests of devices. */
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
