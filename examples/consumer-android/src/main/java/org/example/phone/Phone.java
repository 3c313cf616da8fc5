// SPDX-License-Identifier: Apache-2.0
package org.example.phone;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.adapters.android.AndroidAudio;
import com.techpro.callclient.adapters.android.AndroidDevice;
import com.techpro.callclient.adapters.android.AndroidNetworkMonitor;
import com.techpro.callclient.adapters.android.AndroidPermissions;
import com.techpro.callclient.adapters.android.ForegroundActivity;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;

/**
 * The engine on Android's microphone, speaker and network, with all events on the main thread. An
 * app creates one when its process starts.
 */
public final class Phone implements AutoCloseable {
    private final AndroidNetworkMonitor network;
    private final CallClient client;

    public Phone(Application app) {
        network = new AndroidNetworkMonitor(app);
        client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(new AndroidAudio(app))
                        .networkMonitor(network)
                        .nameServers(network::nameServers)
                        .permissions(new AndroidPermissions(
                                app, new ForegroundActivity(app), (activity, reason, proceed) -> proceed.run()))
                        .device(AndroidDevice.info(app)))
                .callbacks(new Handler(Looper.getMainLooper())::post)
                .build());
    }

    public CallClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        network.close();
    }
}
