// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.util.function.Predicate;

/**
 * Selects requests to be answered by a stub. The stub becomes active when its reply is set:
 *
 * <pre>
 *   pbx.on("INVITE").to("1002").replyOnce(486, "Busy Here");
 *   pbx.on("REGISTER").reply(Reply.of(503).withHeader("Retry-After", "5"));
 * </pre>
 *
 * <p>The PBX does nothing else about the request: no challenge, no ringing. A retransmitted request
 * gets the same answer and does not count. If several stubs and faults match, the oldest that is
 * not used up applies, so one-time replies form a queue. Replies to INVITE must be 300 to 699. For
 * an answered call, dial a number that answers.
 */
public final class Stubbing {
    private final FaultScript script;
    private final FaultScript.Rule rule;

    Stubbing(FaultScript script, FaultScript.Rule rule) {
        this.script = script;
        this.rule = rule;
    }

    /** Only requests with that user in From. */
    public Stubbing from(String user) {
        rule.from(user);
        return this;
    }

    /** Only requests with that user in To. */
    public Stubbing to(String user) {
        rule.to(user);
        return this;
    }

    /**
     * Only requests that also meet this condition. It runs on the PBX's own thread: it must not
     * block, nor call the PBX.
     */
    public Stubbing when(Predicate<RecordedRequest> condition) {
        rule.when(condition);
        return this;
    }

    /** Replies with that status and the usual phrase, until the stub is removed. */
    public Stub reply(int status) {
        return reply(Reply.of(status));
    }

    public Stub reply(int status, String reason) {
        return reply(Reply.of(status, reason));
    }

    /** Replies with that reply, until the stub is removed. */
    public Stub reply(Reply reply) {
        rule.stub(reply);
        return new Stub(script, rule);
    }

    /** Replies to the next such request only. */
    public Stub replyOnce(int status) {
        return replyOnce(Reply.of(status));
    }

    public Stub replyOnce(int status, String reason) {
        return replyOnce(Reply.of(status, reason));
    }

    /** Replies to the next such request only. */
    public Stub replyOnce(Reply reply) {
        rule.times(1);
        return reply(reply);
    }
}
