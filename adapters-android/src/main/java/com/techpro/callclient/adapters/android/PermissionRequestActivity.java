// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An invisible activity that shows Android's prompt, receives the answer, and finishes. So no
 * activity of the app has to pass on answers.
 */
public final class PermissionRequestActivity extends Activity {
    private static final String PERMISSION = "com.techpro.callclient.permission";
    private static final String REQUEST = "com.techpro.callclient.request";
    private static final Map<Integer, Consumer<Activity>> PENDING = new ConcurrentHashMap<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    /**
     * @param done called once, with this activity, on the main thread, when there is an answer or
     *     never will be one
     */
    static void start(Activity from, String permission, Consumer<Activity> done) {
        int request = LAST.incrementAndGet();
        PENDING.put(request, done);
        from.startActivity(new Intent(from, PermissionRequestActivity.class)
                .putExtra(PERMISSION, permission)
                .putExtra(REQUEST, request));
    }

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        String permission = getIntent().getStringExtra(PERMISSION);
        if (permission == null || !PENDING.containsKey(request())) {
            finish(); // the process ended meanwhile, and nobody waits any more
        } else if (state == null) {
            requestPermissions(new String[] {permission}, 1);
        }
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] permissions, int[] results) {
        finish();
        done();
    }

    @Override
    protected void onDestroy() {
        if (isFinishing()) {
            done();
        }
        super.onDestroy();
    }

    private int request() {
        return getIntent().getIntExtra(REQUEST, 0);
    }

    private void done() {
        Consumer<Activity> done = PENDING.remove(request());
        if (done != null) {
            done.accept(this);
        }
    }
}
