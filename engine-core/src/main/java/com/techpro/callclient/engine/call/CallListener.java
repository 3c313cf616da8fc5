// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * A listener for the events of calls. Methods are called on the host's executor, one at a time and in the order of the
 * events. Any engine method may be called from here.
 */
public interface CallListener {
    void callChanged(Call call, CallEvent event);
}
