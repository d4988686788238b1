// Where Bullet is: pkg-config finds bullet-float64. There is nothing to declare: CBullet speaks to it in C++.
