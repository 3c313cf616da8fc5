// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;

/** What a host may ask of a call, from any thread. */
public interface CallControl {
    String id();

    CallSnapshot snapshot();

    void answer(CallOptions options);

    void reject(RejectReason reason);

    void hangUp();

    void hold();

    void resume();

    void sendDtmf(String tones);

    void setMuted(boolean muted);

    /** Makes one conversation of this call and another of the same client. */
    void merge(CallControl other);
}
