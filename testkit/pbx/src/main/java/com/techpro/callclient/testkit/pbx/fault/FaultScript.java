// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on purpose. A rule says which messages it is for, and ends with what happens to them:
 *
 * <pre>
 *   faults.onRequest("REGISTER").from("1001").times(1).unavailable(Duration.ofSeconds(30));
 *   faults.onResponse("INVITE").status(200).skip(1).drop();
 *   faults.onOutgoing("BYE").to("1002").delay(Duration.ofSeconds(2));
 * </pre>
 *
 * <p>Every copy of a message counts, retransmissions too. The first rule that fits a message decides. Callable from any thread; a rule
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

    /** What goes wrong with media. */
    public MediaFaults media() {
        return media;
    }

    /** What goes wrong with the documents of conference rooms. */
    public ConferenceFaults conference() {
        return conference;
    }

    /** How many messages a rule has hit so far. */
    public int fired() {
        return fired.get();
    }

    /** Drops every rule about signalling. */
    public void clear() {
        rules.clear();
    }

    /** What is to happen to a message; null if nothing. Called on the signalling loop. */
    @Nullable
    public Fault next(Way way, String method, @Nullable String extension, int status) {
        for (Rule rule : rules) {
            if (rule.fits(way, method, extension, status)) {
                if (rule.occurrences.next()) {
                    fired.incrementAndGet();
                    return rule.fault;
                }
                return null;
            }
        }
        return null;
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
        private @Nullable String extension;
        private int status;
        private @Nullable Fault fault;

        private Rule(Way way, String method) {
            this.way = way;
            this.method = method;
        }

        /** Only those from the device of that extension; of responses, those to its requests. */
        public Rule from(String number) {
            extension = number;
            return this;
        }

        /** Only those to the device of that extension. */
        public Rule to(String number) {
            extension = number;
            return this;
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
            add(new Fault.Answer(answered, headers));
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

        private boolean fits(Way actual, String actualMethod, @Nullable String actualExtension, int actualStatus) {
            return !occurrences.spent()
                    && way == actual
                    && method.equals(actualMethod)
                    && (extension == null || extension.equals(actualExtension))
                    && (status == 0 || status == actualStatus);
        }
    }
}
