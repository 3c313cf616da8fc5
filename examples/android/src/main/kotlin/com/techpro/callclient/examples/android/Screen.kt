// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.view.View
import android.widget.Button
import android.widget.EditText
import android.widget.GridLayout
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.lock.AppLock
import com.techpro.callclient.engine.lock.LockedException
import java.util.concurrent.Executor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** Android's main thread; an app that has kotlinx-coroutines-android says `Dispatchers.Main`. */
private val mainThread = Executor { Handler(Looper.getMainLooper()).post(it) }.asCoroutineDispatcher()

/** A button below each line of a list, or below those it makes sense for. */
class Action<T>(val key: String, val possible: (T) -> Boolean = { true }, val run: suspend (T) -> Unit)

/**
 * A screen: a column of views made in `onCreate`, and filled anew whenever the engine tells that
 * something changed.
 */
abstract class Screen : Activity() {
    private val scope = CoroutineScope(SupervisorJob() + mainThread)
    private val shown = Runnable { update() }
    private lateinit var page: LinearLayout
    private lateinit var message: TextView

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        page = LinearLayout(this)
        page.orientation = LinearLayout.VERTICAL
        page.setPadding(32, 32, 32, 32)
        message = TextView(this)
        val all = LinearLayout(this)
        all.orientation = LinearLayout.VERTICAL
        all.addView(message)
        all.addView(page)
        val scroll = ScrollView(this)
        scroll.addView(all)
        // From target 35 on Android draws the window under its bars: the page keeps clear of them.
        scroll.fitsSystemWindows = true
        setContentView(scroll)
    }

    /** From here on what the engine tells is shown. */
    override fun onStart() {
        super.onStart()
        phone().show(shown)
    }

    override fun onStop() {
        phone().hide(shown)
        super.onStop()
    }

    /** Nobody waits for an answer any more; what was asked for is done all the same. */
    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    /** The lock's idle time starts anew. */
    override fun onUserInteraction() {
        client().lock().userActive()
    }

    /** Fills the views; only while what is shown may be seen. */
    protected abstract fun refresh()

    /** Whether it waits for the app to be unlocked; calls do not. */
    protected open val isPrivate: Boolean
        get() = true

    private fun update() {
        message.text = phone().message()
        val locked = isPrivate && client().lock().isLocked
        page.visibility = if (locked) View.INVISIBLE else View.VISIBLE
        if (!locked) {
            refresh()
        } else if (client().lock().settings().mode() != AppLock.Mode.NONE) {
            go(UnlockActivity::class.java)
        } // else the engine has not read yet whether there is a lock, and tells soon
    }

    protected fun app(): PhoneApplication = PhoneApplication.of(this)

    protected fun phone(): Phone = app().phone()

    protected fun client(): CallClient = phone().client()

    protected fun go(screen: Class<out Activity>) = startActivity(Intent(this, screen))

    protected fun text(key: String, vararg values: Any): String = Texts.of(this, key, *values)

    protected fun say(key: String) = phone().say(text(key))

    /**
     * Does what the user wants, or says why it cannot be. It begins at once, and waits for answers
     * as long as the screen is there.
     */
    protected fun attempt(action: suspend () -> Unit) {
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                action()
            } catch (_: LockedException) {
                go(UnlockActivity::class.java)
            } catch (_: IllegalArgumentException) {
                say("not_a_number")
            }
        }
    }

    // --- Views

    protected fun <V : View> add(view: V): V {
        page.addView(view)
        return view
    }

    protected fun line(): TextView = add(TextView(this))

    /** [inputType] is of [android.text.InputType]. */
    protected fun field(hintKey: String, inputType: Int): EditText {
        val field = EditText(this)
        field.hint = text(hintKey)
        field.inputType = inputType
        return add(field)
    }

    /** A field whose text Android does not keep. */
    protected fun secret(hintKey: String, inputType: Int = PASSWORD): EditText {
        val field = field(hintKey, inputType)
        field.isSaveEnabled = false
        return field
    }

    protected fun button(key: String, action: suspend () -> Unit): Button = add(makeButton(key, action))

    protected fun list(): LinearLayout {
        val list = LinearLayout(this)
        list.orientation = LinearLayout.VERTICAL
        return add(list)
    }

    /** Puts those items in the place of what the list had. */
    protected fun <T> show(list: LinearLayout, items: Iterable<T>, words: (T) -> String, vararg actions: Action<T>) {
        list.removeAllViews()
        for (item in items) {
            val line = TextView(this)
            line.text = words(item)
            list.addView(line)
            val buttons = GridLayout(this)
            buttons.columnCount = 3
            for (action in actions) {
                if (action.possible(item)) {
                    buttons.addView(makeButton(action.key) { action.run(item) })
                }
            }
            list.addView(buttons)
        }
    }

    private fun makeButton(key: String, action: suspend () -> Unit): Button {
        val button = Button(this)
        button.text = text(key)
        button.tag = key
        button.setOnClickListener { attempt(action) }
        return button
    }
}

/** What the user typed, without the spaces around it. */
internal fun EditText.typed(): String = text.toString().trim()

internal fun EditText.clear() = setText("")
