// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

/** An active stub, which replies instead of the PBX. Callable from any thread. */
public final class Stub {
    private final FaultScript script;
    private final FaultScript.Rule rule;

    Stub(FaultScript script, FaultScript.Rule rule) {
        this.script = script;
        this.rule = rule;
    }

    /** Returns how many requests it has answered. Never waits. */
    public int hits() {
        return rule.fired();
    }

    /** Removes the stub: the PBX answers by itself again. */
    public void remove() {
        script.remove(rule);
    }
}
