// SPDX-License-Identifier: Apache-2.0
/** What keeps the promises about data: whom the engine may talk to, and what it shows and forgets of its user. */
@NullMarked
package com.techpro.callclient.engine.internal.privacy;

import org.jspecify.annotations.NullMarked;
