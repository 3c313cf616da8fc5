// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import com.techpro.callclient.engine.kotlin.awaitSendMessage
import com.techpro.callclient.engine.message.Conversation
import com.techpro.callclient.engine.message.MessageOutcome
import com.techpro.callclient.engine.message.StoredMessage
import java.util.Locale
import kotlin.jvm.optionals.getOrNull

/** Texts: the conversations, and one of them. */
class MessagesActivity : Screen() {
    private lateinit var to: EditText
    private lateinit var words: EditText
    private lateinit var conversation: LinearLayout
    private lateinit var conversations: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        to = field("messages_to", InputType.TYPE_CLASS_TEXT)
        words = field("messages_text", InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE)
        button("messages_send") { send() }
        conversation = list()
        conversations = list()
    }

    override fun refresh() {
        val party = to.typed()
        show(
            conversation,
            if (party.isEmpty()) listOf() else client().textMessages().read(party, null, MOST),
            ::wordsOf,
            Action("delete") { client().textMessages().delete(it.id()) },
        )
        show(
            conversations,
            client().textMessages().snapshot().conversations(),
            { (if (it.unread() > 0) "● " else "") + it.party() + ": " + it.newest().text() },
            Action("messages_open") { open(it) },
            Action("delete") { client().textMessages().deleteConversation(it.party()) },
        )
    }

    private fun open(chosen: Conversation) {
        to.setText(chosen.party())
        client().textMessages().markRead(chosen.party())
        refresh()
    }

    private suspend fun send() {
        val text = words.text.toString()
        val account = phone().account().getOrNull()
        if (account != null && text.isNotEmpty() && to.typed().isNotEmpty()) {
            words.clear()
            tell(account.awaitSendMessage(to.typed(), text))
        }
    }

    private fun tell(outcome: MessageOutcome) {
        when (outcome) {
            is MessageOutcome.Failed -> phone().say(outcome.failure().advice())
            is MessageOutcome.Refused -> phone().say(outcome.reason().advice())
            else -> {}
        }
    }

    private fun wordsOf(message: StoredMessage): String {
        val way = if (message.received() == null) "→ " else "← "
        return way + message.text() + " (" + text("message_" + message.state().name.lowercase(Locale.ROOT)) + ")"
    }

    private companion object {
        const val MOST = 50
    }
}
