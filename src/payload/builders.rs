//! The builders of the payloads: constructors and methods generated from the members of a
//! declaration.

/// Generates a method for each member of an object, `new` with the required ones, and the
/// conversions into the unions that contain the object.
///
/// The type of a member decides what its method takes: a `T` for `T`, `Option<T>` and `Box<T>`,
/// items for a list. [`super::declare::wire_object`] explains the marks of a member.
macro_rules! wire_builder {
    // Processes one member at a time. Its type determines what its method takes and what is stored;
    // for a list, also the type of an item.
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<Vec<Short<$item:ident>>> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl IntoIterator<Item = impl Into<$crate::payload::Short<$item>>>)
            (Some($member.into_iter().map(Into::into).collect()))
            ($crate::payload::Short<$item>) (std::convert::identity) $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<Vec<Drafted<$item:ident>>> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl IntoIterator<Item = impl Into<$item>>)
            (Some($member.into_iter().map(|item| $crate::payload::Drafted(item.into())).collect()))
            ($item) ($crate::payload::Drafted) $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<Vec<$item:ident>> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl IntoIterator<Item = impl Into<$item>>)
            (Some($member.into_iter().map(Into::into).collect()))
            ($item) (std::convert::identity) $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Vec<$item:ident> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl IntoIterator<Item = impl Into<$item>>)
            ($member.into_iter().map(Into::into).collect())
            ($item) (std::convert::identity) $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<Drafted<$item:ident>> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl Into<$item>) (Some($crate::payload::Drafted($member.into())))
            () () $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<Box<$item:ident>> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl Into<$item>) (Some(Box::new($member.into()))) () () $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Box<$item:ident> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            required (impl Into<$item>) (Box::new($member.into())) () () $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<bool> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (bool) (Some($member)) () () $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<u32> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (u32) (Some($member)) () () $($rest)*
        }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : Option<$item:ty> $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            optional (impl Into<$item>) (Some($member.into())) () () $($rest)*
        }
    };
    (
        @next { $name:ident $is:tt $parameters:tt $arguments:tt ($($fields:tt)*) $functions:tt }
        $(#[doc = $doc:literal])*
        pub $member:ident : $item:ty = $fixed:expr $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! { @member
            { $name $is $parameters $arguments ($($fields)* $member: $fixed,) $functions }
            [$(#[doc = $doc])*] $member []
            optional (impl Into<$item>) ($member.into()) () () $($rest)* }
    };
    (
        @next $made:tt $(#[doc = $doc:literal])*
        pub $member:ident $([$mark:tt])? : $item:ty $(=> $limits:expr)?,
        $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! {
            @member $made [$(#[doc = $doc])*] $member [$($mark)?]
            required (impl Into<$item>) ($member.into()) () () $($rest)*
        }
    };

    // `[_]`: the method is written by hand.
    (
        @member $made:tt $docs:tt $member:ident [_]
        $need:ident $takes:tt $value:tt $item:tt $wrap:tt $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! { @next $made $($rest)* }
    };
    // `[new]`: a constructor that replaces `new`.
    (
        @member { $name:ident $is:tt $parameters:tt $arguments:tt $fields:tt ($($functions:tt)*) }
        [$($doc:tt)*] $member:ident [new]
        $need:ident ($takes:ty) ($value:expr) $item:tt $wrap:tt $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! { @next {
            $name $is constructed $arguments $fields ($($functions)*
            $($doc)*
            pub fn $member($member: $takes) -> Self {
                Self { $member: $value, ..Self::default() }
            }
        ) } $($rest)* }
    };
    (@member {
            $name:ident $is:tt
            ($($parameters:tt)*) ($($arguments:tt)*) ($($fields:tt)*) ($($functions:tt)*)
        }
        [$($doc:tt)*] $member:ident [] required ($takes:ty) ($value:expr) () () $($rest:tt)*) => {
        $crate::payload::builders::wire_builder! { @next {
            $name $is
            ($($parameters)* $member: $takes,)
            ($($arguments)* $member,)
            ($($fields)* $member: $value,)
            ($($functions)*
                $($doc)*
                #[must_use]
                pub fn $member(mut self, $member: $takes) -> Self {
                    self.$member = $value;
                    self
                }
            )
        } $($rest)* }
    };
    (@member { $name:ident $is:tt $parameters:tt $arguments:tt $fields:tt ($($functions:tt)*) }
        [$($doc:tt)*] $member:ident [$($one:ident)?]
        $need:ident ($takes:ty) ($value:expr) ($($item:ty)?) ($($wrap:expr)?) $($rest:tt)*
    ) => {
        $crate::payload::builders::wire_builder! { @next {
            $name $is $parameters $arguments $fields ($($functions)*
            $($doc)*
            #[must_use]
            pub fn $member(mut self, $member: $takes) -> Self {
                self.$member = $value;
                self
            }
            $crate::payload::builders::wire_builder! {
                @push $member [$($one)?] ($($item)?) ($($wrap)?)
            }
        ) } $($rest)* }
    };

    (@push $member:ident [] $item:tt $wrap:tt) => {};
    (@push $member:ident [$one:ident] ($item:ty) ($wrap:expr)) => {
        #[doc = concat!("Adds one to `", stringify!($member), "`.")]
        #[must_use]
        pub fn $one(mut self, $one: impl Into<$item>) -> Self {
            $crate::payload::builders::push(&mut self.$member, $wrap($one.into()));
            self
        }
    };

    // All members are processed.
    (@next { $name:ident $is:tt $parameters:tt $arguments:tt $fields:tt ($($functions:tt)*) }) => {
        #[allow(clippy::wrong_self_convention)] // Members that are called `is_...`.
        impl $name {
            $crate::payload::builders::wire_builder! { @new $parameters $fields }
            $($functions)*
            /// Sets a member that this version does not know.
            #[must_use]
            pub fn other(
                mut self,
                name: impl Into<String>,
                value: impl Into<serde_json::Value>,
            ) -> Self {
                self.other.insert(name.into(), value.into());
                self
            }
        }
        $crate::payload::builders::wire_builder! { @unions $name $parameters $arguments $is }
    };
    (@new constructed $fields:tt) => {};
    (@new () ()) => {
        /// Without members.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }
    };
    (@new ($($parameters:tt)*) ($($fields:tt)*)) => {
        /// With its required members.
        #[must_use]
        pub fn new($($parameters)*) -> Self {
            Self { $($fields)* ..Self::default() }
        }
    };
    (
        @unions $name:ident $parameters:tt $arguments:tt
        [$($union:ident :: $variant:ident $(($constructor:ident))?),*]
    ) => {
        $(
            impl From<$name> for $union {
                fn from(object: $name) -> Self {
                    Self::$variant(object)
                }
            }
            $(
                impl $union {
                    #[doc = concat!(
                        "A [`", stringify!($name), "`] with the members that it needs.",
                    )]
                    #[must_use]
                    pub fn $constructor $parameters -> Self {
                        Self::$variant($name::new $arguments)
                    }
                }
            )?
        )*
    };

    ($name:ident [$($is:tt)*] { $($members:tt)* }) => {
        $crate::payload::builders::wire_builder! {
            @next { $name [$($is)*] () () () () } $($members)*
        }
    };
}

pub(crate) use wire_builder;

/// A list that may be absent.
pub(crate) trait List<T> {
    fn items(&mut self) -> &mut Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn items(&mut self) -> &mut Vec<T> {
        self
    }
}

impl<T> List<T> for Option<Vec<T>> {
    fn items(&mut self) -> &mut Vec<T> {
        self.get_or_insert_default()
    }
}

/// Adds an item to a list that may be absent.
pub(crate) fn push<T>(list: &mut impl List<T>, item: T) {
    list.items().push(item);
}
