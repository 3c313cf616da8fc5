// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;

/** The button of the notification of a call under way: ends what is spoken, and leaves alone what rings. */
public final class HangUpReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        PhoneApplication.of(context).phone().client().calls().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .forEach(Call::hangUp);
    }
}
