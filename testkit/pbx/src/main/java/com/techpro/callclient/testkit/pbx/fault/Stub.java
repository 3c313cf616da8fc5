// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

/** A reply that the PBX gives in place of its own. From any thread. */
public final class Stub {
    private final FaultScript script;
    private final FaultScript.Rule rule;

    Stub(FaultScript script, FaultScript.Rule rule) {
        this.script = script;
        this.rule = rule;
    }

    /** How many requests it has answered. Never waits. */
    public int hits() {
        return rule.fired();
    }

    /** Lets the PBX answer by itself again. */
    public void remove() {
        script.remove(rule);
    }
}
