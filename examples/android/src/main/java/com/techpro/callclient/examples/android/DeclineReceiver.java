// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import com.techpro.callclient.engine.call.RejectReason;

/** The notification's button that declines a call without opening the app. */
public final class DeclineReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Uri call = intent.getData();
        if (call != null) {
            PhoneApplication.of(context)
                    .phone()
                    .call(call.getSchemeSpecificPart())
                    .ifPresent(ringing -> {
                        var unused = ringing.reject(RejectReason.DECLINED);
                    });
        }
    }
}
