// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;

/**
 * The button of a current call's notification: ends established calls, and leaves ringing ones
 * alone.
 */
public final class HangUpReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        PhoneApplication.of(context).phone().client().calls().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .forEach(Call::hangUp);
    }
}
