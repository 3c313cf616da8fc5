// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import android.widget.GridLayout;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A screen: a column of views made in {@code onCreate}, and filled anew whenever the engine tells that something changed. */
abstract class Screen extends Activity {
    private final Runnable update = this::update;
    private LinearLayout page;
    private TextView message;

    /** A button below each line of a list, or below those it makes sense for. */
    record Action<T>(String key, Predicate<T> possible, Consumer<T> run) {
        Action(String key, Consumer<T> run) {
            this(key, item -> true, run);
        }
    }

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.setPadding(32, 32, 32, 32);
        message = new TextView(this);
        LinearLayout all = new LinearLayout(this);
        all.setOrientation(LinearLayout.VERTICAL);
        all.addView(message);
        all.addView(page);
        ScrollView scroll = new ScrollView(this);
        scroll.addView(all);
        // From target 35 on Android draws the window under its bars: the page keeps clear of them.
        scroll.setFitsSystemWindows(true);
        setContentView(scroll);
    }

    /** From here on what the engine tells is shown. */
    @Override
    protected void onStart() {
        super.onStart();
        phone().show(update);
    }

    @Override
    protected void onStop() {
        phone().hide(update);
        super.onStop();
    }

    /** The lock's idle time starts anew. */
    @Override
    public void onUserInteraction() {
        client().lock().userActive();
    }

    /** Fills the views; only while what is shown may be seen. */
    abstract void refresh();

    /** Whether it waits for the app to be unlocked; calls do not. */
    boolean isPrivate() {
        return true;
    }

    private void update() {
        message.setText(phone().message());
        boolean locked = isPrivate() && client().lock().isLocked();
        page.setVisibility(locked ? View.INVISIBLE : View.VISIBLE);
        if (!locked) {
            refresh();
        } else if (client().lock().settings().mode() != AppLock.Mode.NONE) {
            go(UnlockActivity.class);
        } // else the engine has not read yet whether there is a lock, and tells soon
    }

    Phone phone() {
        return PhoneApplication.of(this).phone();
    }

    CallClient client() {
        return phone().client();
    }

    void go(Class<? extends Activity> screen) {
        startActivity(new Intent(this, screen));
    }

    String text(String key, Object... values) {
        return Texts.of(this, key, values);
    }

    /** Does what the user wants, or says why it cannot be. */
    void attempt(Runnable action) {
        try {
            action.run();
        } catch (LockedException e) {
            go(UnlockActivity.class);
        } catch (IllegalArgumentException e) {
            phone().say(text("not_a_number"));
        }
    }

    // --- Views

    <V extends View> V add(V view) {
        page.addView(view);
        return view;
    }

    TextView line() {
        return add(new TextView(this));
    }

    /** @param inputType of {@link android.text.InputType} */
    EditText field(String hintKey, int inputType) {
        EditText field = new EditText(this);
        field.setHint(text(hintKey));
        field.setInputType(inputType);
        return add(field);
    }

    Button button(String key, Runnable action) {
        return add(makeButton(key, action));
    }

    LinearLayout list() {
        LinearLayout list = new LinearLayout(this);
        list.setOrientation(LinearLayout.VERTICAL);
        return add(list);
    }

    /** What the user typed, without the spaces around it. */
    static String typed(EditText field) {
        return field.getText().toString().trim();
    }

    /** Puts those items in the place of what the list had. */
    <T> void show(LinearLayout list, List<T> items, Function<T, String> words, List<Action<T>> actions) {
        list.removeAllViews();
        for (T item : items) {
            TextView line = new TextView(this);
            line.setText(words.apply(item));
            list.addView(line);
            GridLayout buttons = new GridLayout(this);
            buttons.setColumnCount(3);
            for (Action<T> action : actions) {
                if (action.possible.test(item)) {
                    buttons.addView(makeButton(action.key, () -> action.run.accept(item)));
                }
            }
            list.addView(buttons);
        }
    }

    private Button makeButton(String key, Runnable action) {
        Button button = new Button(this);
        button.setText(text(key));
        button.setTag(key);
        button.setOnClickListener(view -> attempt(action));
        return button;
    }
}
