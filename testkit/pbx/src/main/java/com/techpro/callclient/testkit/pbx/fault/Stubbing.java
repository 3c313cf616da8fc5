// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.util.function.Predicate;

/**
 * Says which requests are answered with something else. It ends with the reply, from which on it works:
 *
 * <pre>
 *   pbx.on("INVITE").to("1002").replyOnce(486, "Busy Here");
 *   pbx.on("REGISTER").reply(Reply.of(503).withHeader("Retry-After", "5"));
 * </pre>
 *
 * <p>The PBX then does nothing else about the request: it asks for no password first, and rings nobody. A repetition of a request gets the same
 * answer again and does not count. Of several stubs and faults that fit, the oldest that is not used up decides, so that replies given once make a queue. Those to INVITE
 * are refusals or redirections, 300 to 699: who shall be answered is called at a number that answers.
 */
public final class Stubbing {
    private final FaultScript script;
    private final FaultScript.Rule rule;

    Stubbing(FaultScript script, FaultScript.Rule rule) {
        this.script = script;
        this.rule = rule;
    }

    /** Only those with that user in From. */
    public Stubbing from(String user) {
        rule.from(user);
        return this;
    }

    /** Only those with that user in To. */
    public Stubbing to(String user) {
        rule.to(user);
        return this;
    }

    /** Only those for which this holds too. It is asked on the PBX's own thread: it must not wait, nor ask the PBX. */
    public Stubbing when(Predicate<RecordedRequest> condition) {
        rule.when(condition);
        return this;
    }

    /** With that status and the usual phrase, until it is removed. */
    public Stub reply(int status) {
        return reply(Reply.of(status));
    }

    public Stub reply(int status, String reason) {
        return reply(Reply.of(status, reason));
    }

    /** With that reply, until it is removed. */
    public Stub reply(Reply reply) {
        rule.stub(reply);
        return new Stub(script, rule);
    }

    /** To the next such request alone. */
    public Stub replyOnce(int status) {
        return replyOnce(Reply.of(status));
    }

    public Stub replyOnce(int status, String reason) {
        return replyOnce(Reply.of(status, reason));
    }

    /** To the next such request alone. */
    public Stub replyOnce(Reply reply) {
        rule.times(1);
        return reply(reply);
    }
}
