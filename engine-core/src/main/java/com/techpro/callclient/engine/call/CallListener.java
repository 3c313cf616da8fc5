// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** Hears what happens to calls, on the host's executor, one event after the other and in their order. Any engine method may be called from here. */
public interface CallListener {
    void callChanged(Call call, CallEvent event);
}
