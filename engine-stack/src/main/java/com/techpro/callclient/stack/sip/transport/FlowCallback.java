// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;

/**
 * Receives the outcome of {@link TransportLayer#connect}: exactly once, on the loop, never inside
 * the call.
 */
public interface FlowCallback {
    void opened(Flow flow);

    void failed(Failure failure);
}
