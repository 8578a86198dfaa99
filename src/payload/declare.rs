//! The three macros that declare a payload once: an object, an enum, and a union of objects.
//!
//! Each generates the Rust type (with serde) and the table from which everything else is derived;
//! see `docs/architecture.md`.

/// Declares an object of the wire.
///
/// ```text
/// wire_object! {
///     /// What it is.
///     pub struct Name ("prefix.of.its.codes", SOURCE) is Union::Variant(constructor) {
///         /// What the member is.
///         pub member: Type => limits,
///         /// What the items are.
///         pub items [item]: Vec<Item> => limits,
///     }
///     rules(&[&A_RULE], check);
/// }
/// ```
/// A member is optional if its type is `Option`. Lines after the body call functions of
/// [`super::spec::Object`].
///
/// Each member gets a method of the same name, and `new` takes the required members. A mark after
/// the name changes this: `[item]` names the method that adds an item to a list, `[new]` makes a
/// constructor of the member, and `[_]` omits the method. A value after the type of a required
/// member is its value in `new`. `is` names the unions that contain the object, optionally with a
/// constructor there. `as` is the name in TypeScript, if it differs.
macro_rules! wire_object {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident $(as $wire_name:ident)? ($prefix:literal, $source:expr)
        $(is $($union:ident :: $variant:ident $(($constructor:ident))?),+)? { $($members:tt)* }
        $( $setter:ident ( $($value:expr),* $(,)? ) ; )*
    ) => {
        $crate::payload::declare::wire_object! {
            @declare
            $(#[doc = $doc])*
            pub struct $name [$($wire_name)? $name] ($prefix, $source) { $($members)* }
            $( $setter($($value),*); )*
        }
        $crate::payload::builders::wire_builder! {
            $name [$($($union::$variant $(($constructor))?),+)?] { $($members)* }
        }
    };
    (
        @declare
        $(#[doc = $doc:literal])*
        pub struct $name:ident [$wire_name:ident $($rust_name:ident)?]
        ($prefix:expr, $source:expr) {
            $(
                $(#[doc = $member_doc:literal])*
                pub $member:ident $([$mark:tt])? : $type:ty $(= $fixed:expr)? $(=> $limits:expr)? ,
            )*
        }
        $( $setter:ident ( $($value:expr),* ) ; )*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $member_doc])*
                #[serde(skip_serializing_if = "crate::payload::spec::Wire::is_absent")]
                pub $member: $type,
            )*
            /// Members that this version does not know.
            #[serde(flatten)]
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl $name {
            const MEMBERS: &'static [$crate::payload::spec::Member] = {
                #[allow(unused_imports)]
                use $crate::payload::spec::*;
                &[$( Member::new(
                    stringify!($member),
                    <$type as Wire>::KIND,
                    <$type as Wire>::OPTIONAL,
                    $crate::payload::declare::wire_object!(@limits $($limits)?),
                    concat!($($member_doc, "\n"),*),
                ) ),*]
            };

            /// The object's table.
            #[doc(hidden)]
            pub const OBJECT: &'static $crate::payload::spec::Object = {
                #[allow(unused_imports)]
                use $crate::payload::spec::*;
                static OBJECT: Object = Object::new(
                    stringify!($wire_name), $prefix, $source, $name::MEMBERS,
                    concat!($($doc, "\n"),*),
                )$( .$setter($($value),*) )*;
                &OBJECT
            };

            /// The index of a member in the table.
            #[allow(dead_code)]
            const fn at(member: &str) -> usize {
                $crate::payload::spec::position(Self::MEMBERS, member)
            }
        }

        impl $crate::payload::spec::Wire for $name {
            const KIND: $crate::payload::spec::Kind =
                $crate::payload::spec::Kind::Object($name::OBJECT);
        }
    };
    (@limits) => { &Limits::NONE };
    (@limits $limits:expr) => { const { &$limits } };
}

/// Declares a string enum. The first value is the type's default.
macro_rules! wire_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident ($source:expr) {
            $(#[doc = $first_doc:literal])*
            $first:ident = $first_text:literal $(=> $first_limits:expr)?
            $(,
                $(#[doc = $value_doc:literal])*
                $value:ident = $text:literal $(=> $limits:expr)?
            )* $(,)?
        }
        $( $setter:ident ( $($argument:expr),* $(,)? ) ; )*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $first_doc])*
            #[default]
            $first,
            $( $(#[doc = $value_doc])* $value, )*
            /// A value that this version does not know.
            Other(String),
        }

        impl $name {
            /// The enum's table.
            #[doc(hidden)]
            pub const ENUM: &'static $crate::payload::spec::Enum = {
                #[allow(unused_imports)]
                use $crate::payload::spec::*;
                static ENUM: Enum = Enum::new(stringify!($name), $source, &[
                    Value::new(
                        $first_text,
                        $crate::payload::declare::wire_object!(@limits $($first_limits)?),
                        concat!($($first_doc, "\n"),*),
                    ),
                    $( Value::new(
                        $text,
                        $crate::payload::declare::wire_object!(@limits $($limits)?),
                        concat!($($value_doc, "\n"),*),
                    ), )*
                ], concat!($($doc, "\n"),*))$( .$setter($($argument),*) )*;
                &ENUM
            };

            /// The string on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$first => $first_text,
                    $( Self::$value => $text, )*
                    Self::Other(text) => text,
                }
            }

            /// The index of a value in the table.
            #[allow(dead_code)]
            const fn at(value: &str) -> u16 {
                Self::ENUM.position(value)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $first_text => Self::$first,
                    $( $text => Self::$value, )*
                    _ => Self::Other(text),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl $crate::payload::spec::Wire for $name {
            const KIND: $crate::payload::spec::Kind =
                $crate::payload::spec::Kind::Enum($name::ENUM);
        }
    };
}

/// Declares a union of objects, which the value of one member distinguishes.
macro_rules! wire_union {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident by $tag:literal : $tags:ident ($prefix:literal, $source:expr) {
            $(
                $(#[doc = $variant_doc:literal])*
                $variant:ident ( $object:ty ) = $text:literal $(=> $limits:expr)? ,
            )*
        }
        $( $setter:ident ( $($argument:expr),* $(,)? ) ; )*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = $tag)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $variant_doc])* #[serde(rename = $text)] $variant($object), )*
            /// A variant that this version does not know.
            #[serde(untagged)]
            Other(serde_json::Value),
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Other(serde_json::Value::Null)
            }
        }

        impl $name {
            /// The values of the member that distinguishes the variants.
            #[doc(hidden)]
            pub const TAGS: &'static $crate::payload::spec::Enum = {
                #[allow(unused_imports)]
                use $crate::payload::spec::*;
                static TAGS: Enum = Enum::new(stringify!($tags), $source, &[
                    $( Value::new(
                        $text,
                        $crate::payload::declare::wire_object!(@limits $($limits)?),
                        concat!($($variant_doc, "\n"),*),
                    ), )*
                ], concat!("The values of `", $tag, "`."))$( .$setter($($argument),*) )*;
                &TAGS
            };

            /// The union's table.
            #[doc(hidden)]
            pub const UNION: &'static $crate::payload::spec::Union = {
                #[allow(unused_imports)]
                use $crate::payload::spec::*;
                static UNION: Union = Union {
                    #[cfg(not(target_arch = "wasm32"))]
                    name: stringify!($name),
                    prefix: $prefix,
                    tag: Member::new(
                        $tag,
                        Kind::Enum($name::TAGS),
                        false,
                        &Limits::NONE,
                        "Which kind it is.\n",
                    ),
                    variants: &[$( <$object>::OBJECT ),*],
                    source: $source,
                    #[cfg(not(target_arch = "wasm32"))]
                    doc: concat!($($doc, "\n"),*),
                };
                &UNION
            };

            /// The bit of a variant in the summary that a check gets.
            #[allow(dead_code)]
            pub(crate) const fn bit(tag: &str) -> u32 {
                1 << Self::TAGS.position(tag)
            }
        }

        impl $crate::payload::spec::Wire for $name {
            const KIND: $crate::payload::spec::Kind =
                $crate::payload::spec::Kind::Union($name::UNION);
        }
    };
}

pub(crate) use {wire_enum, wire_object, wire_union};
